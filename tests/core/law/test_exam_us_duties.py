"""US federal law as tables of cases, second half: disputes, validation, what is said, and acts that are not contacts."""

from __future__ import annotations

from typing import Any

import pytest

from duecourse.core.law.exam import take
from tests.core.law.exam_cases import EMAIL_NOTICE, ITEMS, calls, case, event
from tests.core.law.test_exam_us import NOON, TALK

PAUSED = event(
    "validation_notice_sent",
    "2026-09-09T12:00:00-04:00",
    debt_ids=["D1"],
    stated_validation_end="2026-10-16",
    method="mail",
)


def disputed(at: str, **more: Any) -> dict[str, Any]:
    return event("dispute_in", at, debt_ids=["D1"], **{"via": "portal", "written": True, "from": "P1"} | more)


INSIDE = disputed("2026-10-16T23:00:00-04:00")
CALL = "2026-10-19T12:00:00-04:00"
DISPUTE = [
    case("on the last day", "block", CALL, events=[PAUSED, INSIDE]),
    case("by telephone it does not stop", "allow", CALL, events=[PAUSED, disputed("2026-10-01T12:00:00-04:00", via="phone", written=False)]),
    case("late", "allow", CALL, events=[PAUSED, disputed("2026-10-17T00:01:00-04:00")]),
    case("a stated later end holds", "block", "2026-10-21T12:00:00-04:00", events=[PAUSED | {"stated_validation_end": "2026-10-20"}, disputed("2026-10-19T12:00:00-04:00")]),
    case("before verification", "block", "2026-10-05T12:00:00-04:00", events=[PAUSED, disputed("2026-10-01T12:00:00-04:00"), event("verification_sent", "2026-10-06T12:00:00-04:00", debt_ids=["D1"])]),
    case("verification of another debt", "block", "2026-10-12T12:00:00-04:00", debts=[{}, {"id": "D2"}],
         events=[PAUSED, disputed("2026-10-01T12:00:00-04:00"), event("verification_sent", "2026-10-06T12:00:00-04:00", debt_ids=["D2"])]),
    case("verification came back", "block", "2026-10-12T12:00:00-04:00", events=[
        PAUSED, disputed("2026-10-01T12:00:00-04:00"), event("verification_sent", "2026-10-06T12:00:00-04:00", debt_ids=["D1"]),
        event("mail_returned_undeliverable", "2026-10-09T12:00:00-04:00", of="verification")]),
    case("a repeat with new papers", "block", "2026-10-12T12:00:00-04:00", events=[
        PAUSED, disputed("2026-10-01T12:00:00-04:00"), event("verification_sent", "2026-10-06T12:00:00-04:00", debt_ids=["D1"]), disputed("2026-10-08T12:00:00-04:00")]),
    case("a bare repeat without our reasons", "block", "2026-10-12T12:00:00-04:00", events=[
        PAUSED, disputed("2026-10-01T12:00:00-04:00"), event("verification_sent", "2026-10-06T12:00:00-04:00", debt_ids=["D1"]),
        disputed("2026-10-08T12:00:00-04:00", duplicative=True)]),
    case("original creditor asked for", "block", "2026-10-05T12:00:00-04:00", events=[PAUSED, event("original_creditor_request_in", "2026-10-01T12:00:00-04:00", debt_ids=["D1"], written=True, **{"from": "P1"})]),
    case("verification may not demand", "block", "2026-10-06T12:00:00-04:00", "letter", events=[PAUSED, disputed("2026-10-01T12:00:00-04:00")], content={"purpose": "send_verification", "demands_payment": True}),
    case("no suit either", "block", CALL, "court_filing", action="file_suit", events=[PAUSED, INSIDE]),
    case("a deadline inside the period", "block", "2026-09-21T12:00:00-04:00", "letter", events=[PAUSED], content={"deadline_for_payment": "2026-10-16"}),
    case("a deadline after it", "allow", "2026-09-21T12:00:00-04:00", "letter", events=[PAUSED], content={"deadline_for_payment": "2026-10-17"}),
    case("after the period", "allow", "2026-10-17T12:00:00-04:00", "letter", events=[PAUSED], content={"deadline_for_payment": "2026-10-27"}),
]  # fmt: skip


def validating(end: str = "2026-10-16", **more: Any) -> dict[str, Any]:
    return {
        "purpose": "validation_notice",
        "stated_validation_end": end,
        "items": ITEMS,
        "initial_communication_at": "2026-09-09T12:00:00-04:00",
    } | more


SENT_AT = "2026-09-09T12:00:00-04:00"
VALIDATION = [
    case("to an address they left", "block", SENT_AT, "letter", content=validating(address_known_stale=True)),
    case("complete", "allow", SENT_AT, "letter", content=validating()),
    case("a day short", "block", SENT_AT, "letter", content=validating("2026-10-15")),
    case("over Christmas", "allow", "2026-12-18T12:00:00-05:00", "letter", content=validating("2027-01-27", initial_communication_at="2026-12-18T12:00:00-05:00")),
    case("Christmas is no business day", "block", "2026-12-18T12:00:00-05:00", "letter", content=validating("2027-01-26", initial_communication_at="2026-12-18T12:00:00-05:00")),
    case("mailed on a Saturday", "allow", "2026-09-12T12:00:00-04:00", "letter", content=validating("2026-10-18")),
    case("mailed on a Saturday, a day short", "block", "2026-09-12T12:00:00-04:00", "letter", content=validating("2026-10-17")),
    *(case(f"without {item}", "block", SENT_AT, "letter", content=validating(items=[each for each in ITEMS if each != item])) for item in ITEMS),
    case("no bureau page for a medical debt", "allow", SENT_AT, "letter", facts={"is_consumer_financial_product": False},
         content=validating(items=[each for each in ITEMS if each not in ("cfpb_url", "creditor_itemization_date")])),
    case("'none' is an answer", "allow", SENT_AT, "letter", content=validating(itemization={"interest": "none", "fees": "0", "payments": "none", "credits": "0"})),
    case("by email later, with E-SIGN consent", "allow", "2026-09-11T12:00:00-04:00", "email", content={**validating("2026-10-20"), **EMAIL_NOTICE, "esign_consent": True, "electronic_dispute_statement": True, "in_initial_communication": False}),
    case("to 'the estate'", "block", SENT_AT, "letter", facts={"consumer_deceased": True}, content=validating(addressee="Estate of Jo Doe", addressee_named_individual=False)),
    case("Spanish alone", "block", SENT_AT, "letter", content=validating(language=["es"])),
    case("Spanish with English", "allow", SENT_AT, "letter", content=validating(language=["en", "es"])),
    case("six days after the first call", "block", "2026-09-15T12:00:00-04:00", "letter", content=validating("2026-10-30")),
    case("five days after", "allow", "2026-09-14T12:00:00-04:00", "letter", content=validating("2026-10-30")),
]  # fmt: skip

SAYS = [
    case("first letter with the line", "allow", NOON, "letter", content={"communication_number": 1, "says_attempt_to_collect": True}),
    case("third letter, from a debt collector", "allow", NOON, "letter", content={"communication_number": 3, "says_attempt_to_collect": False, "says_from_debt_collector": True}),
    case("first written after a first talk", "block", NOON, "letter", events=calls("2026-06-01T12:00:00-04:00", result=TALK),
         content={"communication_number": 2, "says_attempt_to_collect": False, "says_from_debt_collector": True}),
    case("limited-content message needs no line", "allow", NOON, "voicemail", content={"qualifies_as_lcm": True, "says_from_debt_collector": False}),
    case("both languages", "allow", NOON, content={"language": ["en", "es"], "disclosure_languages": ["es", "en"]}),
    case("arrest", "block", NOON, "email", content={"claims": ["arrest"]}),
    case("suit that is meant", "allow", NOON, "letter", content={"claims": ["will_sue"], "action_intended": True}),
    case("signed by an attorney", "allow", NOON, "letter", content={"claims": ["from_attorney"], "signer_is_attorney": True}),
    case("garnishment not intended", "block", NOON, "letter", content={"claims": ["garnishment"], "action_intended": False}),
    case("agreed fee", "allow", NOON, content={"fee": "5.00", "fee_in_agreement": True, "fee_permitted_by_law": False}),
    case("envelope: FINAL NOTICE", "block", NOON, "letter", content={"envelope_text": "FINAL NOTICE"}),
    case("envelope: a collection agency's name", "block", NOON, "letter", content={"envelope_text": "Acme Collections, 1 Main St"}),
    case("envelope: postal marks", "allow", NOON, "letter", content={"envelope_text": "ABC Inc., PO Box 1, forwarding and address correction requested"}),
    case("public post", "block", NOON, "social", content={"publicly_viewable": True}),
    case("private message", "allow", NOON, "social", content={"publicly_viewable": False}),
    case("time-barred threat, meant", "block", NOON, "letter", debts=[{"statute_of_limitations_expired_on": "2026-06-09"}], content={"claims": ["will_sue"], "action_intended": True}),
    case("a voicemail that says more", "block", NOON, "voicemail", content={"must_qualify_as_lcm": True, "text": "This is Robin Smith calling from ABC Inc. It is urgent. Please call 1-800-555-1212."}),
    case("a voicemail that says no more", "allow", NOON, "voicemail", content={"must_qualify_as_lcm": True, "text": "This is Robin Smith calling from ABC Inc. Please call me at 1-800-555-1212."}),
    case("going on in a call that was called inconvenient", "block", NOON, content={"action_detail": "continue_same_call"}),
    case("time-barred threat", "block", NOON, "letter", debts=[{"statute_of_limitations_expired_on": "2026-06-09"}], content={"claims": ["may_sue"]}),
    case("its last day", "allow", NOON, "letter", debts=[{"statute_of_limitations_expired_on": "2026-06-10"}], content={"claims": ["may_sue"], "action_intended": True}),
    case("a plain letter on a barred debt", "allow", NOON, "letter", debts=[{"statute_of_limitations_expired_on": "2025-06-10"}]),
]  # fmt: skip

ACTS = [
    case("recording just short of three years", "block", NOON, "records", action="purge", content={"record": "call_recording", "recorded_on": "2023-06-10"}),
    case("bankrupt", "block", NOON, "letter", events=[event("bankruptcy_filed", "2026-06-09T12:00:00-04:00", chapter=7)]),
    case("the day before", "allow", "2026-06-09T11:00:00-04:00", "letter", events=[event("bankruptcy_filed", "2026-06-09T12:00:00-04:00", chapter=7)]),
    case("dismissed", "allow", NOON, "letter", events=[event("bankruptcy_filed", "2026-05-01T12:00:00-04:00", chapter=7), event("bankruptcy_dismissed", "2026-06-01T12:00:00-04:00")]),
    case("discharged debt", "block", NOON, "letter", debts=[{"status": "discharged"}]),
    case("bureau after a talk", "allow", NOON, "credit_bureau", action="furnish", events=calls("2026-06-09T12:00:00-04:00", result=TALK)),
    case("bureau 14 days after an email", "defer", "2026-05-15T12:00:00-04:00", "credit_bureau", action="furnish", grade="send_or_not",
         events=[event("email_out", "2026-05-01T12:00:00-04:00", to="P1", about_debt=True, debt_ids=["D1"])]),
    case("bureau 17 days after an email", "allow", "2026-05-18T12:00:00-04:00", "credit_bureau", action="furnish",
         events=[event("email_out", "2026-05-01T12:00:00-04:00", to="P1", about_debt=True, debt_ids=["D1"])]),
    case("a second letter after the first came back", "allow", "2026-05-27T12:00:00-04:00", "credit_bureau", action="furnish", events=[
        event("letter_out", "2026-05-01T12:00:00-04:00", to="P1", about_debt=True), event("mail_returned_undeliverable", "2026-05-10T12:00:00-04:00"),
        event("letter_out", "2026-05-11T12:00:00-04:00", to="P1", about_debt=True)]),
    case("it came back after the wait", "allow", "2026-05-25T12:00:00-04:00", "credit_bureau", action="furnish", events=[
        event("letter_out", "2026-05-01T12:00:00-04:00", to="P1", about_debt=True), event("mail_returned_undeliverable", "2026-05-20T12:00:00-04:00")]),
    case("disputed and flagged", "allow", "2026-06-20T12:00:00-04:00", "credit_bureau", action="furnish", content={"dispute_flag": True},
         events=[*calls("2026-06-01T12:00:00-04:00", result=TALK), event("dispute_oral", "2026-06-02T12:00:00-04:00", debt_ids=["D1"])]),
    case("sell an open debt", "allow", NOON, "portfolio", action="sell_debt"),
    case("sell a paid debt", "block", NOON, "portfolio", action="sell_debt", debts=[{"status": "paid"}]),
    case("place a settled debt", "block", NOON, "portfolio", action="place_for_collection", debts=[{"status": "settled"}]),
    case("back to a former owner, by contract", "allow", NOON, "portfolio", action="transfer_debt", debts=[{"status": "paid"}], content={"transferee": "previous_owner", "transfer_authorised": True}),
    case("discharged with lien, told", "allow", NOON, "portfolio", action="sell_debt", debts=[{"status": "discharged", "secured_enforceable_lien": True}], content={"transferee_notified_of_discharge": True}),
    case("identity theft", "block", NOON, "portfolio", action="sell_debt", events=[event("identity_theft_notice_605b", "2026-06-01T12:00:00-04:00")]),
    case("payment to a disputed debt", "block", NOON, "ledger", action="apply_payment", debts=[{}, {"id": "D2"}], about=["D1", "D2"], content={"apply_to": ["D1"]},
         events=[event("dispute_oral", "2026-06-01T12:00:00-04:00", debt_ids=["D1"])]),
    case("payment to the other debt", "allow", NOON, "ledger", action="apply_payment", debts=[{}, {"id": "D2"}], about=["D1", "D2"], content={"apply_to": ["D2"]},
         events=[event("dispute_oral", "2026-06-01T12:00:00-04:00", debt_ids=["D1"])]),
    case("cheque eight days ahead, no notice", "block", "2026-06-26T12:00:00-04:00", "payment_instrument", action="deposit_postdated", content={"accepted_on": "2026-06-18", "instrument_date": "2026-06-26"}),
    case("cheque five days ahead needs none", "allow", "2026-06-23T12:00:00-04:00", "payment_instrument", action="deposit_postdated", content={"accepted_on": "2026-06-18", "instrument_date": "2026-06-23"}),
    case("before its date", "block", "2026-06-22T12:00:00-04:00", "payment_instrument", action="deposit_postdated", content={"accepted_on": "2026-06-18", "instrument_date": "2026-06-23"}),
    case("notice three business days before", "allow", "2026-06-26T12:00:00-04:00", "payment_instrument", action="deposit_postdated", content={"accepted_on": "2026-06-18", "instrument_date": "2026-06-26", "deposit_notice_sent_on": "2026-06-23"}),
    case("notice two business days before", "block", "2026-06-26T12:00:00-04:00", "payment_instrument", action="deposit_postdated", content={"accepted_on": "2026-06-18", "instrument_date": "2026-06-26", "deposit_notice_sent_on": "2026-06-24"}),
    case("notice eleven business days before", "block", "2026-07-10T12:00:00-04:00", "payment_instrument", action="deposit_postdated", content={"accepted_on": "2026-06-18", "instrument_date": "2026-07-10", "deposit_notice_sent_on": "2026-06-25"}),
    case("sued where it was signed", "allow", NOON, "court_filing", action="file_suit", content={"forum": "TX-Travis", "consumer_residence": "OH-Franklin", "contract_signed_in": "TX-Travis"}),
    case("sued elsewhere", "block", NOON, "court_filing", action="file_suit", content={"forum": "DE-Kent", "consumer_residence": "OH-Franklin", "contract_signed_in": "TX-Travis"}),
    case("recording three years and a day", "allow", "2026-06-11T12:00:00-04:00", "records", action="purge", content={"record": "call_recording", "recorded_on": "2023-06-10"}),
    case("account long quiet", "allow", NOON, "records", action="purge", content={"record": "account_file", "last_collection_activity_on": "2023-06-01"}),
    case("card page of our own", "block", NOON, "payment_page", action="publish_payment_page", content={"card_fields": "own_page", "claimed_saq": "A"}),
    case("bare provider frame", "block", NOON, "payment_page", action="publish_payment_page", content={"card_fields": "psp_iframe", "claimed_saq": "A"}),
    case("guarded provider frame", "allow", NOON, "payment_page", action="publish_payment_page", content={"card_fields": "psp_iframe", "script_protection": True, "claimed_saq": "A"}),
    case("advert nine business days after opting out", "allow", "2026-06-05T12:00:00-04:00", "email", collector="first_party", content={"primary_purpose": "commercial", "physical_address": True, "optout_link": True},
         events=[event("opt_out", "2026-05-22T12:00:00-04:00", address="p1@mail.example", scope="marketing", **{"from": "P1"})]),
    case("advert without a postal address", "block", NOON, "email", collector="first_party", content={"primary_purpose": "commercial", "physical_address": False, "optout_link": True}),
    case("a bill after opting out of adverts", "allow", NOON, "email", collector="first_party",
         events=[event("opt_out", "2026-05-22T12:00:00-04:00", address="p1@mail.example", scope="marketing", **{"from": "P1"})]),
]  # fmt: skip

TABLES = {"dispute": DISPUTE, "validation": VALIDATION, "says": SAYS, "acts": ACTS}


@pytest.mark.parametrize("table", TABLES)
def test_each_case_is_answered_as_expected(table: str) -> None:
    missed = [
        (mark.id, mark.verdict, mark.expected, mark.not_before, mark.rules[:2])
        for mark in take(TABLES[table])
        if not mark.passed
    ]
    assert not missed
