"""One case of the exam → its dossier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from duecourse.core.facts import law_candidates
from duecourse.core.law.exam.content import content
from duecourse.core.law.exam.dossier import CaseError, Dossier, day, instant, minutes
from duecourse.core.law.exam.events import tell
from duecourse.core.law.exam.known import known
from duecourse.core.law.exam.where import locations

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FIRST_PARTY = {"first_party", "creditor", "original_creditor", "fca_authorised_firm", "supplier", "lender"}
CHANNELS = (
    (r"ringless", "ringless_voicemail"),
    (r"voicemail", "voicemail"),
    (r"face|visit|person|door", "visit"),
    (r"push|chat|messenger|social|facebook|whatsapp|linkedin", "social"),
    (r"portal|website|app\b|app_", "portal"),
    (r"sms|text", "sms"),
    (r"e-?mail", "email"),
    (r"inbound|answering", "inbound_call_response"),
    (r"call|phone|dial", "phone_call"),
    (r"postcard", "postcard"),
    (r"letter|mail|post|fax", "letter"),
    (r"court|filing", "court_filing"),
)
ACTS = (
    (r"proof_of_claim", "file_proof_of_claim"),
    (r"suit|proceeding|litig|sue|claim", "file_suit"),
    (r"scrub|send_data|analytics|archiv", "send_data_for_scrubbing"),
    (r"pledge|securiti", "pledge_portfolio"),
    (r"sell|sale", "sell_debt"),
    (r"place", "place_for_collection"),
    (r"transfer|assign|return", "transfer_debt"),
    (r"purge|delete|destroy|erase", "purge"),
    (r"deposit", "deposit_postdated"),
    (r"furnish|report", "furnish"),
    (r"interest|fee|charge", "apply_interest_or_fees"),
    (r"payment_page", "publish_payment_page"),
    (r"payment", "apply_payment"),
    (r"deci", "decide"),
)
RECIPIENTS = {
    "P1": "consumer",
    "consumer": "consumer",
    "debtor": "consumer",
    "spouse": "spouse",
    "wife": "spouse",
    "husband": "spouse",
    "surviving_spouse": "spouse",
    "guardian": "guardian",
    "legal_guardian": "guardian",
    "executor": "executor",
    "administrator": "executor",
    "personal_representative": "executor",
    "estate_representative": "executor",
    "confirmed_successor_in_interest": "successor_in_interest",
    "successor_in_interest": "successor_in_interest",
    "attorney": "attorney",
    "consumer_attorney": "attorney",
    "creditor_attorney": "attorney",
    "collector_attorney": "attorney",
    "solicitor": "attorney",
    "creditor": "creditor",
    "cra": "cra",
    "credit_bureau": "cra",
    "representative": "representative",
    "financial_counsellor": "representative",
    "debt_adviser": "representative",
}
HELPERS = re.compile(r"advis|counsell|representative|attorney|lawyer|solicitor|deputy|lpa")
ADULT = 18


def nearest(word: str, known: Iterable[str], about: tuple[tuple[str, str], ...], otherwise: str) -> str:
    """`word` where it is known, else the known one that it is about.

    >>> nearest("face_to_face", ("visit",), CHANNELS, "social"), nearest("visit", ("visit",), CHANNELS, "social")
    ('visit', 'visit')
    """
    return word if word in known else next((name for pattern, name in about if re.search(pattern, word)), otherwise)


def read(case: Mapping[str, Any], customer: int) -> Dossier:
    """Facts and candidate of a case. `customer` is the id it gets. Raises CaseError."""
    try:
        return _read(case, customer)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, CaseError):
            raise
        raise CaseError(
            f"Case {case.get('id', '?')} cannot be read: {error!r}. See the format in the exam's README."
        ) from None


def _read(case: Mapping[str, Any], customer: int) -> Dossier:
    dossier = Dossier(case, customer)
    given, proposed = case["given"], case["proposed"]
    dossier.person("P1")
    locations(dossier)
    _person(dossier, given["person"])
    for debt in given["debts"]:
        _debt(dossier, debt, given["facts"])
    for consent in given["consents"]:
        _consent(dossier, consent)
    tell(dossier, given["events"])
    known(dossier, given["facts"])
    _candidate(dossier, given, proposed)
    return dossier


def _person(dossier: Dossier, person: Mapping[str, Any]) -> None:
    for rule in person.get("inconvenient", ()):
        mask = sum(1 << DAYS.index(name[:3]) for name in rule["days"]) if rule.get("days") else None
        first, last = day(rule.get("since") or rule.get("on")), day(rule.get("until") or rule.get("on"))
        start, end = minutes(rule.get("from", "00:00")), minutes(rule.get("to", "24:00"))
        for low, high in [(start, end)] if start < end else [(start, 1440), (0, end)]:
            dossier.add(
                "preferences",
                days=mask,
                start_minute=low,
                end_minute=high,
                from_on=first,
                until_on=last,
                told=rule.get("told"),
                at=instant(rule["at"]) if rule.get("at") else None,
            )
    for place in person.get("inconvenient_places", ()):
        dossier.add("places", place=place["place"], employer=bool(place.get("employer")), told=place.get("told"))


def _debt(dossier: Dossier, debt: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    account = debt.get("servicing_account") if debt.get("kind") == "student_loan" else None
    amount, rate = debt.get("amount"), debt.get("contract_rate")
    dossier.add(
        "debts",
        debt=dossier.debt(debt["id"]),
        kind=debt.get("kind"),
        status=debt.get("status"),
        particular=dossier.debt(f"account {account}") if account else None,
        in_default_when_obtained=debt.get("in_default_when_obtained", facts.get("in_default_when_obtained")),
        limitation_expired_on=day(debt.get("statute_of_limitations_expired_on")),
        statute_barred=debt.get("statute_barred"),
        lender_in_contact=debt.get("lender_in_contact"),
        amount_minor=round(float(amount) * 100) if amount else None,
        currency=debt.get("currency"),
        late_on=day(debt.get("late_since")),
        interest_runs=False
        if debt.get("substantial_contractual_remedy")
        else debt.get("statutory_interest_running", debt.get("interest_payable")),
        contract_rate_bp=round(float(rate) * 100) if rate else None,
        secured_lien=debt.get("secured_enforceable_lien"),
        natural_person_commercial=_commercial(debt),
    )


def _consent(dossier: Dossier, consent: Mapping[str, Any]) -> None:
    kind = consent["type"].removesuffix("_consent")
    window = consent.get("window")
    ended = consent.get("revoked_at") or consent.get("withdrawn_at") or consent.get("until")
    start, end = (minutes(part) for part in window.split("-")) if window else (None, None)
    for debt in dossier.each_debt(consent.get("debt_ids")):
        dossier.add(
            "consents",
            debt=debt,
            kind="place" if kind in ("work", "workplace") else kind,
            person=dossier.person(consent["person"]) if consent.get("person") else None,
            point="work"
            if kind in ("work", "workplace")
            else consent.get("number") or consent.get("address") or consent.get("place"),
            given_to=consent.get("given_to", "collector"),
            compliant=consent.get("given_during", "compliant_communication") == "compliant_communication",
            on_on=day(consent.get("only_on")),
            start_minute=start,
            end_minute=end,
            at=instant(consent["at"]),
            until=instant(ended) if ended and len(ended) > 10 else None,
        )


def _collects_for_another(collector: Mapping[str, Any]) -> bool:
    """A third party, or a creditor that collects under a name not its own (12 CFR 1006.2(i)(1))."""
    borrowed = any(
        (value is True and re.search("other|different|third|another|not_own", key))
        or (value is False and re.search("own", key))
        for key, value in collector.items()
        if "name" in key
    )
    return collector["type"] not in FIRST_PARTY or borrowed


def _commercial(debt: Mapping[str, Any]) -> bool:
    """California SB 1286: a natural person's commercial debt of up to 500,000 dollars, entered or passed on from July 2025."""
    natural = any(
        (value is True and "natural" in key) or (isinstance(value, str) and "natural" in value)
        for key, value in debt.items()
    )
    dates = [value for key, value in debt.items() if re.search("originat|assign|sold|renew|entered", key)]
    recent = not dates or any(str(value) >= "2025-07-01" for value in dates)
    return natural and recent and float(debt.get("amount") or 0) <= 500_000


def _candidate(dossier: Dossier, given: Mapping[str, Any], proposed: Mapping[str, Any]) -> None:
    collector, person, facts = given["collector"], given["person"], given["facts"]
    to = proposed["to"]
    minor = person.get("age", ADULT) < ADULT
    at_home = dossier.case["jurisdiction"].startswith("US")
    helper = "third_party" if at_home or not HELPERS.search(to) else "representative"
    recipient = "parent" if to in ("parent", "mother", "father") and minor else RECIPIENTS.get(to, helper)
    policy = facts.get("policy", {})
    dossier.candidate = {
        "candidate": dossier.customer,
        "customer": dossier.customer,
        "at": dossier.at,
        "channel": nearest(proposed["channel"], law_candidates.CHANNELS, CHANNELS, "social"),
        "action": nearest(proposed["action"], law_candidates.ACTIONS, ACTS, "contact"),
        "person": dossier.person(to),
        "recipient": recipient,
        "debts": [dossier.debt(name) for name in proposed["debt_ids"]],
        "business": person.get("role") in ("business_contact", "business", "company")
        or (bool(given["debts"]) and all(d.get("purpose") == "business" for d in given["debts"])),
        "collector": "third_party" if _collects_for_another(collector) else "first_party",
        "safe_harbour": bool(policy.get("email_sms_require_6d3_procedures")),
        **content(dossier, proposed.get("content", {}), facts, person),
    }
    # CLEAN: the validation period ran out long ago, unless the case speaks of a notice.
    if not dossier.rows["validations"]:
        dossier.add("validations", at=dossier.at - timedelta(days=3650), method="mail")
