"""Events of a case → fact rows, one small reader per kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from duecourse.core.law import words
from duecourse.core.law.exam.dossier import Dossier, day, instant
from duecourse.core.law.exam.known import FIVE

Event = Mapping[str, Any]
SENT = {
    "call_out": "phone_call",
    "sms_out": "sms",
    "email_out": "email",
    "letter_out": "letter",
    "voicemail_out": "voicemail",
    "validation_notice_sent": "letter",
    "verification_sent": "letter",
}
CAME = {
    "call_in": "inbound_call_response",
    "sms_in": "sms",
    "email_in": "email",
    "letter_in": "letter",
    "voicemail_in": "voicemail",
    "portal_message_in": "portal",
}
MEDIUM = {
    "call_in": "call",
    "voicemail_in": "call",
    "sms_in": "sms",
    "email_in": "email",
    "letter_in": "letter",
    "portal_message_in": "portal",
}
SAID = {
    "phone": "call",
    "call": "call",
    "email": "email",
    "sms": "sms",
    "text": "sms",
    "letter": "letter",
    "mail": "letter",
    "portal": "portal",
}
WORK = {"work": "work_landline", "home": "home_landline", "mobile": "mobile"}
NOTICES = {
    "nv_medical_notice_mailed": "nv_medical_notice",
    "default_notice_s88": "default_notice_s88",
    "hardship_refusal_s72_4_b": "hardship_refusal",
    "hardship_refusal": "hardship_refusal",
    "hardship_agreed": "hardship_agreed",
    "mental_capacity_notice": "mental_capacity",
    "identity_theft_notice_605b": "identity_theft_605b",
    "identity_theft_notice": "identity_theft_605b",
    "gdpr_restriction": "processing_restricted",
}


def tell(dossier: Dossier, events: Sequence[Event]) -> None:
    """Read the events in order of time."""
    for event in sorted(events, key=lambda each: instant(each["at"])):
        kind = event["type"]
        if kind in SENT:
            _sent(dossier, event, SENT[kind])
        if kind in CAME:
            _came(dossier, event, CAME[kind])
        if kind in NOTICES:
            for debt in dossier.each_debt(event.get("debt_ids")):
                dossier.add("notices", debt=debt, kind=NOTICES[kind], at=instant(event["at"]))
        if kind in READERS:
            READERS[kind](dossier, event)


def _sent(dossier: Dossier, event: Event, channel: str) -> None:
    result = event.get("result")
    talked = result == "answered_conversation"
    named = event.get("debt_ids") or []
    counted = event.get("counted_toward", named)
    discussed = event.get("discussed") or counted
    number = event.get("number")
    contact = dossier.contact()
    for name in dict.fromkeys([*named, *counted, *discussed]) or [None]:
        dossier.add(
            "log",
            person=dossier.person(event.get("to", "P1")),
            contact=contact,
            debt=dossier.debt(name) if name else None,
            channel=channel,
            direction="out",
            at=instant(event["at"]),
            result=result,
            conversation=talked,
            discussed=name is None or name in discussed,
            counted=name is None or name in counted,
            reply=bool(event.get("in_response_to")),
            point=number or event.get("address"),
            address_kind=event.get("address_kind") or event.get("number_kind") or WORK.get(number or ""),
            purpose=event.get("purpose"),
            about_debt=False if str(result).endswith("_lcm") else event.get("about_debt"),
            by_us=event.get("by", "us") not in ("previous_collector", "prior_collector", "creditor", "other_collector"),
            asks_reply=words.asks_to_be_called(event.get("statement", "")),
        )
    if event.get("validation_information_given_orally"):
        for debt in dossier.each_debt(named):
            dossier.add("validations", debt=debt, at=instant(event["at"]), method="oral")


def _came(dossier: Dossier, event: Event, channel: str) -> None:
    at, text = instant(event["at"]), event.get("text", "")
    point = event.get("number") or event.get("address")
    if event.get("from", "P1") not in ("P1", "consumer"):
        if words.is_stranger(text) and point:
            dossier.add("points", point=point, not_theirs_at=at)
        return
    for debt in dossier.each_debt(event.get("debt_ids")):
        dossier.add(
            "log",
            person=dossier.person("P1"),
            contact=dossier.contact(),
            debt=debt,
            channel=channel,
            direction="in",
            at=at,
            conversation=bool(event.get("conversation")),
            discussed=True,
            counted=False,
            point=point,
            asks_reply=event["type"] == "voicemail_in" and words.asks_to_be_called(text),
        )
    written = event["type"] in ("letter_in", "email_in", "sms_in", "portal_message_in")
    if event.get("kind") in ("cease_communication", "refusal_to_pay") or (
        written and not event.get("kind") and words.asks_to_cease(text)
    ):
        for debt in dossier.each_debt(event.get("debt_ids")):
            dossier.add("ceases", debt=debt, kind=event.get("kind"), at=at)
    elif event.get("kind") == "opt_out":
        dossier.add("suppressions", medium=MEDIUM[event["type"]], point=point, at=at)
    else:
        _stop(dossier, text, MEDIUM[event["type"]], point, event)


def _stop(dossier: Dossier, text: str, through: str, point: str | None, event: Event) -> None:
    for medium in words.media_to_stop(text, through):
        dossier.add("suppressions", medium=medium, point=point if medium == through else None, at=instant(event["at"]))


def _statement(dossier: Dossier, event: Event) -> None:
    text, at = event.get("text", ""), instant(event["at"])
    through = SAID.get(event.get("via", "phone"), "call")
    if words.rules_out_work(text):
        dossier.add("places", place="work", employer=True, at=at)
    elif words.rules_out_home(text):
        dossier.add("places", place="home", at=at)
    else:
        _stop(dossier, text, through, event.get("number") or event.get("address"), event)
    if words.has_lawyer(text):
        dossier.add("representations", kind="attorney", reachable=None, at=at)
    if words.refuses_as_barred(text):
        dossier.add("notices", kind="refused_statute_barred", at=at)
    if through in ("letter", "email", "portal") and words.asks_to_cease(text):
        dossier.add("ceases", at=at)


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


def _number_check(dossier: Dossier, event: Event) -> None:
    answer = event.get("result")
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


READERS: dict[str, Callable[[Dossier, Event], None]] = {
    "statement_by_consumer": _statement,
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
    "cease_withdrawn": _close("ceases", "until"),
}
