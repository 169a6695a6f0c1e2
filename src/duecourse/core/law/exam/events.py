"""Events of a case → fact rows, one small reader per kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from duecourse.core.law.exam.contacts import CAME, SAID, SENT, Event, came, sent, stated
from duecourse.core.law.exam.dossier import Dossier, day, instant
from duecourse.core.law.exam.known import FIVE


def tell(dossier: Dossier, events: Sequence[Event]) -> None:
    """Read the events in order of time."""
    for event in sorted(events, key=lambda each: instant(each["at"])):
        kind = event["type"]
        if kind in SENT:
            sent(dossier, event, SENT[kind])
        if kind in CAME:
            came(dossier, event, CAME[kind])
        reader = READERS.get(kind) or next((read for pattern, read in ABOUT if re.search(pattern, kind)), None)
        if reader is not None:
            reader(dossier, event)


def _attorney(dossier: Dossier, event: Event) -> None:
    if event.get("represented", True):
        for debt in dossier.each_debt(event.get("debt_ids")):
            dossier.add(
                "representations",
                debt=debt,
                kind="attorney",
                reachable=True if event.get("attorney") else None,
                at=instant(event["at"]),
            )
    else:
        _close("representations", "until")(dossier, event)


def _close(frame: str, column: str) -> Callable[[Dossier, Event], None]:
    """A reader that ends the earlier rows of a frame (about the event's debts, where it names some)."""

    def read(dossier: Dossier, event: Event) -> None:
        debts = dossier.each_debt(event.get("debt_ids"))
        for row in dossier.rows[frame]:
            if row.get(column) is None and (debts == [None] or row.get("debt") is None or row["debt"] in debts):
                row[column] = instant(event["at"])

    return read


def _representative(dossier: Dossier, event: Event) -> None:
    kind = "attorney" if "attorney" in str(event.get("who", "")) else "representative"
    for debt in dossier.each_debt(event.get("debt_ids")):
        dossier.add(
            "representations",
            debt=debt,
            kind=kind,
            reachable=True if event.get("contact") else None,
            at=instant(event["at"]),
        )


def _validation(dossier: Dossier, event: Event) -> None:
    for debt in dossier.each_debt(event.get("debt_ids")):
        dossier.add(
            "validations",
            debt=debt,
            at=instant(event["at"]),
            method=event.get("method"),
            stated_end_on=day(event.get("stated_validation_end")),
        )


def _returned(dossier: Dossier, event: Event) -> None:
    at, of = instant(event["at"]), event.get("of", "")
    if of in ("", "validation_notice"):
        for row in dossier.rows["validations"][-1:]:
            row["returned_at"] = at
    if of in ("verification", "verification_sent"):
        for row in dossier.rows["disputes"]:
            row["answered_at"] = None
    channels = ("email", "sms") if "email" in event["type"] or "bounce" in event["type"] else ("letter",)
    sent = [row for row in dossier.rows["log"] if row["direction"] == "out" and row["channel"] in channels]
    for row in sent[-1:]:
        row["bounced_at"] = at


def _dispute(dossier: Dossier, event: Event) -> None:
    oral = event["type"] == "dispute_oral" or event.get("via") in ("phone", "oral", "call")
    kind = "original_creditor" if event["type"].startswith("original_creditor") else "dispute"
    for debt in dossier.each_debt(event.get("debt_ids")):
        dossier.add(
            "disputes",
            debt=debt,
            kind=kind,
            written=event.get("written", not oral),
            grounds=event.get("grounds"),
            at=instant(event["at"]),
            partial=bool(event.get("amount_disputed") or event.get("disputed_portion") or event.get("partial")),
            duplicative=bool(event.get("duplicative")),
        )


def _answered(dossier: Dossier, event: Event) -> None:
    """Verification, outcome, original-creditor name or reasoned duplicate notice: answers the open disputes it fits."""
    kind, method = event["type"], event.get("method", "mail")
    if method in ("email", "electronic", "portal") and event.get("esign_consent") is False:
        return
    wanted = "original_creditor" if kind.startswith("original_creditor") else "dispute"
    notice = kind == "duplicative_dispute_notice_sent"
    if notice and not (event.get("reasons") and event.get("refers_to")):
        return
    debts = dossier.each_debt(event.get("debt_ids"))
    for row in dossier.rows["disputes"]:
        fits = (
            row["kind"] == wanted
            and row.get("answered_at") is None
            and (debts == [None] or row["debt"] is None or row["debt"] in debts)
        )
        if fits and (not notice or row["duplicative"]):
            row["answered_at"] = instant(event["at"])
            row["outcome"] = event.get("result")


def _breathing(dossier: Dossier, event: Event) -> None:
    for debt in dossier.each_debt(event.get("moratorium_debts")):
        dossier.add(
            "breathing_spaces",
            debt=debt,
            kind=event.get("kind", "standard"),
            starts_on=day(event.get("starts") or event["at"]),
            at=instant(event["at"]),
            treatment_ended_on=day(event.get("treatment_ended_on")),
        )


def _email_notice(dossier: Dossier, event: Event) -> None:
    dossier.add(
        "creditor_notices",
        sent_on=day(event["sent_at"]),
        opt_out_by_on=day(event["opt_out_by"]),
        complete=set(event["discloses"]) >= FIVE,
        at=instant(event["at"]),
    )


def _opt_out(dossier: Dossier, event: Event) -> None:
    address = event.get("address") or event.get("number")
    given = event.get("medium") or event.get("channel")
    medium = SAID.get(given, given) if given else "sms" if event.get("number") else "email"
    scope = event.get("scope") or ("marketing" if event["type"] == "unsubscribe" else None)
    dossier.add("suppressions", medium=medium, point=address, scope=scope, at=instant(event["at"]))
    for row in dossier.rows["creditor_notices"]:
        row["opted_out_at"] = row.get("opted_out_at") or instant(event["at"])


def _portal_address(dossier: Dossier, event: Event) -> None:
    if event.get("disclosure_shown"):
        kind = "sms" if event.get("number") else "email"
        dossier.add(
            "consents",
            kind=kind,
            point=event.get("address") or event.get("number"),
            given_to="collector",
            at=instant(event["at"]),
        )


def _session(dossier: Dossier, event: Event) -> None:
    dossier.add("sessions", at=instant(event["at"]))


def _number_check(dossier: Dossier, event: Event) -> None:
    answer = event.get("result")
    # 12 CFR 1006.6(d)(5) asks for a complete and accurate database.
    if not event.get("complete_and_accurate", not re.search("internal|own|informal", str(event.get("database", "")))):
        return
    dossier.add(
        "number_checks",
        point=event.get("number"),
        reassigned=None if answer is None else answer == "reassigned",
        at=instant(event["at"]),
    )


def _bankruptcy(dossier: Dossier, event: Event) -> None:
    kind = "discharged" if "discharge" in event["type"] else "filed"
    for debt in dossier.each_debt(event.get("debt_ids")):
        dossier.add("bankruptcies", debt=debt, kind=kind, at=instant(event["at"]))


def _objection(dossier: Dossier, event: Event) -> None:
    scope = event.get("scope", "all")
    dossier.add("notices", kind="objection_marketing" if "marketing" in scope else "objection", at=instant(event["at"]))


def _plan(dossier: Dossier, event: Event) -> None:
    if event.get("evidence", True):
        dossier.add("notices", kind="plan_in_development", at=instant(event["at"]))


def _hardship(dossier: Dossier, event: Event) -> None:
    if event.get("first_in_4_months", True) or event.get("new_basis"):
        dossier.add("notices", kind="hardship_notice", at=instant(event["at"]))


def _noting(kind: str) -> Callable[[Dossier, Event], None]:
    """A reader that notes a dated notice of this kind."""

    def read(dossier: Dossier, event: Event) -> None:
        for debt in dossier.each_debt(event.get("debt_ids")):
            dossier.add("notices", debt=debt, kind=kind, at=instant(event["at"]))

    return read


def _revoked(dossier: Dossier, event: Event) -> None:
    """A consent ends; which kind, by the event's own words, else all."""
    named = " ".join(str(value) for key, value in event.items() if key not in ("at", "from"))
    for row in dossier.rows["consents"]:
        if row.get("until") is None and (row["kind"] in named or not re.search("call|sms|email|time", named)):
            row["until"] = instant(event["at"])


READERS: dict[str, Callable[[Dossier, Event], None]] = {
    "statement_by_consumer": stated,
    "attorney_notice": _attorney,
    "attorney_withdrawn": _close("representations", "until"),
    "attorney_consents_to_direct_contact": _close("representations", "waived_at"),
    "representative_authorised": _representative,
    "representative_revoked": _close("representations", "until"),
    "validation_notice_sent": _validation,
    "mail_returned_undeliverable": _returned,
    "email_bounced": _returned,
    "email_returned_undeliverable": _returned,
    "dispute_in": _dispute,
    "dispute_oral": _dispute,
    "original_creditor_request_in": _dispute,
    "verification_sent": _answered,
    "judgment_copy_sent": _answered,
    "original_creditor_info_sent": _answered,
    "duplicative_dispute_notice_sent": _answered,
    "dispute_outcome_sent": _answered,
    "breathing_space_registered": _breathing,
    "breathing_space_cancelled": _close("breathing_spaces", "until"),
    "breathing_space_ended": _close("breathing_spaces", "until"),
    "creditor_email_notice": _email_notice,
    "opt_out": _opt_out,
    "unsubscribe": _opt_out,
    "portal_contact_update": _portal_address,
    "reassigned_number_check": _number_check,
    "learned_number_not_consumers": lambda dossier, event: dossier.add(
        "points", point=event["number"], not_theirs_at=instant(event["at"])
    ),
    "bankruptcy_filed": _bankruptcy,
    "bankruptcy_discharged": _bankruptcy,
    "bankruptcy_discharge": _bankruptcy,
    "bankruptcy_dismissed": _close("bankruptcies", "until"),
    "stay_lifted": _close("bankruptcies", "until"),
    "gdpr_objection": _objection,
    "repayment_plan_in_development": _plan,
    "hardship_notice": _hardship,
    "hardship_refusal_s72_4_b": _noting("hardship_refusal"),
    "default_notice_s88": _noting("default_notice_s88"),
    "nv_medical_notice_mailed": _noting("nv_medical_notice"),
    "mental_capacity_notice": _noting("mental_capacity"),
    "cease_withdrawn": _close("ceases", "until"),
    "portal_session_start": _session,
    "portal_session_end": _close("sessions", "until"),
}
# Kinds of event known by what they are about, where the exact name is not in READERS.
ABOUT: tuple[tuple[str, Callable[[Dossier, Event], None]], ...] = (
    (r"consent.*(?:revok|withdr)|(?:revok|withdr).*consent", _revoked),
    (r"bankruptcy.*(?:dismiss|clos)|stay_(?:lift|relief)", _close("bankruptcies", "until")),
    (r"bankruptcy|chapter_|discharge", _bankruptcy),
    (r"(?:breathing|moratorium).*(?:cancel|end|revok)", _close("breathing_spaces", "until")),
    (r"(?:breathing|moratorium).*(?:regist|start)", _breathing),
    (r"(?:attorney|representative|counsellor).*(?:withdr|revok|end|no_longer)", _close("representations", "until")),
    (r"(?:attorney|representative|counsellor).*(?:consent|agree)", _close("representations", "waived_at")),
    (r"(?:restrict|accuracy)", _noting("processing_restricted")),
    (r"objection", _objection),
    (r"hardship.*(?:refus|declin)", _noting("hardship_refusal")),
    (r"hardship", _hardship),
    (r"bounce|undeliver", _returned),
    (r"judgment.*sent|verification.*sent", _answered),
    (r"identity_theft", _noting("identity_theft_605b")),
    (r"mental_capacity|capacity", _noting("mental_capacity")),
    (r"opt_?out|unsubscribe", _opt_out),
)
