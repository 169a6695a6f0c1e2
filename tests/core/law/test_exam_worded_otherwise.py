"""Cases that word a key, a channel or an event in their own way are read by what they are about."""

from __future__ import annotations

import pytest

from duecourse.core.law.exam import Mark, take
from tests.core.law.exam_cases import SMS_NOTICE, calls, case, event, place

NOON = "2026-06-10T12:00:00-04:00"
FRIDAYS_OFF = {"inconvenient": [{"rule": "weekdays", "days": ["Fri"], "from": "00:00", "to": "24:00"}]}
VISIT = [
    event("portal_session_start", "2026-06-12T17:55:00-04:00", by="P1"),
    event("portal_session_end", "2026-06-12T18:20:00-04:00", by="P1"),
]
DIEGO = [place("San Diego CA 92101", "America/Los_Angeles")]
CEASED = [event("letter_in", "2026-06-01T12:00:00-07:00", debt_ids=["D1"], kind="cease_communication")]
TRADER = {"purpose": "business", "kind": "business_loan", "obligor": "natural_person", "amount": "400000"}

CASES = [
    case("while they browse the website", "allow", "2026-06-12T18:00:00-04:00", "website", person=FRIDAYS_OFF, events=VISIT),
    case("after they left it", "defer", "2026-06-12T19:00:00-04:00", "portal", person=FRIDAYS_OFF, events=VISIT, not_before="2026-06-13T08:00:00-04:00"),
    case("a push message is no display", "defer", "2026-06-12T18:00:00-04:00", "app_push", person=FRIDAYS_OFF, events=VISIT, not_before="2026-06-13T08:00:00-04:00"),
    case("face to face in Australia", "defer", "2026-06-10T08:30:00+10:00", "face_to_face", law="AU", not_before="2026-06-10T09:00:00+10:00"),
    case("social media in public", "block", NOON, "social_media", content={"visible_to_public": True}),
    case("threat of violence", "block", NOON, "email", content={"threat_of_violence": True}),
    case("list of debtors", "block", NOON, "email", content={"debtor_list_published": True}),
    case("arrest by another name", "block", NOON, "email", content={"claims": ["will_be_arrested"]}),
    case("amount above the ledger", "block", NOON, "letter", debts=[{"amount": "800.00"}], content={"stated_amount": "950.00"}),
    case("amount of the ledger", "allow", NOON, "letter", debts=[{"amount": "800.00"}], content={"stated_amount": "800.00"}),
    case("opt-out that costs", "block", NOON, "sms", content={**SMS_NOTICE, "optout_fee": "1.00"}),
    case("opt-out that is free", "allow", NOON, "sms", content={**SMS_NOTICE, "optout_fee": "0"}),
    case("opt-out that asks for the account number", "block", NOON, "sms", content={**SMS_NOTICE, "optout_requires": ["account_number"]}),
    case("card code kept", "block", NOON, "records", action="record", content={"stores_cvv": True}),
    case("sued in a pleading", "allow", NOON, "court_filing", action="start_proceedings", content={"formal_pleading": True, "says_from_debt_collector": False}),
    case("securitised", "allow", NOON, "portfolio", action="securitise", debts=[{"status": "paid"}]),
    case("sold in a merger", "allow", NOON, "portfolio", action="transfer_debt", debts=[{"status": "paid"}], content={"reason": "merger"}),
    case("consent revoked", "defer", "2026-04-06T12:00:00-04:00", not_before="2026-04-10T08:00:00-04:00",
         consents=[{"type": "call_consent", "at": "2026-04-03T12:00:00-04:00", "given_to": "collector"}],
         events=[*calls("2026-04-03T12:00:00-04:00", result="answered_conversation"), event("consent_withdrawn", "2026-04-05T12:00:00-04:00", consent_type="call_consent")]),
    case("discharge by another name", "block", NOON, "letter", events=[event("discharge_order", "2026-05-01T12:00:00-04:00")]),
    case("stay relief", "allow", NOON, "letter", events=[event("bankruptcy_filed", "2026-05-01T12:00:00-04:00"), event("stay_relief_granted", "2026-06-01T12:00:00-04:00")]),
    case("an internal list is no database", "block", "2026-03-07T12:00:00-05:00", "sms", facts={"policy": {"email_sms_require_6d3_procedures": True}}, content={"number": "+15550111"}, events=[
        event("sms_in", "2026-01-05T12:00:00-05:00", number="+15550111", text="What do I owe?"),
        event("reassigned_number_check", "2026-02-25T12:00:00-05:00", number="+15550111", result="not_reassigned", database="internal list")]),
    case("restriction of processing", "block", "2026-06-10T12:00:00+02:00", "email", law="EU-DE", locations=[place("Hamburg", "Europe/Berlin")],
         events=[event("gdpr_restriction_request", "2026-06-01T12:00:00+02:00")]),
    case("to the attorney under a power", "allow", "2026-06-10T12:00:00+01:00", "letter", law="UK", to="lpa_attorney", content={"mentions_debt": True},
         events=[event("mental_capacity_notice", "2026-06-01T12:00:00+01:00")]),
    case("a sole trader's loan from July 2025", "block", "2026-06-10T12:00:00-07:00", law="US-CA", locations=DIEGO, debts=[TRADER | {"originated_on": "2025-07-01"}], events=CEASED),
    case("one from June 2025", "allow", "2026-06-10T12:00:00-07:00", law="US-CA", locations=DIEGO, debts=[TRADER | {"originated_on": "2025-06-30"}], events=CEASED),
    case("one of half a million and more", "allow", "2026-06-10T12:00:00-07:00", law="US-CA", locations=DIEGO, debts=[TRADER | {"amount": "500001"}], events=CEASED),
    case("a substantial contract remedy leaves no statutory interest", "block", "2026-06-10T12:00:00+01:00", "letter", law="UK", collector="supplier", person={"role": "business_contact"},
         debts=[{"purpose": "business", "amount": "4200.00", "late_since": "2026-02-01", "substantial_contractual_remedy": True}],
         facts={"boe_base_on_2025-12-31": "3.75"}, content={"claimed_interest_rate_pct": "11.75"}),
    case("figures of two reference dates", "block", NOON, "letter", content={"purpose": "validation_notice", "reference_dates": {"account_number": "charge_off", "amount": "last_statement"}}),
]  # fmt: skip


@pytest.fixture(scope="module")
def marks() -> dict[str, Mark]:
    return {mark.id: mark for mark in take(CASES)}


@pytest.mark.parametrize("name", [asked["id"] for asked in CASES])
def test_read_by_what_it_is_about(name: str, marks: dict[str, Mark]) -> None:
    assert marks[name].passed, marks[name]
