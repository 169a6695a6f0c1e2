"""States, cities and other countries as tables of cases: an allow, a block or defer, and a boundary for each rule."""

from __future__ import annotations

import pytest

from duecourse.core.law.exam import take
from tests.core.law.exam_cases import EMAIL_NOTICE, SMS_NOTICE, calls, case, event, place

BOSTON = [place("Boston MA 02108", "America/New_York")]
SEATTLE = [place("Seattle WA 98101", "America/Los_Angeles")]
DC = [place("Washington DC 20001", "America/New_York")]
BROOKLYN = [place("Brooklyn NY 11201", "America/New_York")]
ALBANY = [place("Albany NY 12207", "America/New_York")]
RENO = [place("Reno NV 89501", "America/Los_Angeles")]
DIEGO = [place("San Diego CA 92101", "America/Los_Angeles")]
FRIDAY = "2026-06-12T12:00:00-04:00"
TALK = "answered_conversation"


def texts(*times: str, **more: object) -> list[dict[str, object]]:
    return [event("sms_out", at, to="P1", debt_ids=["D1"], **more) for at in times]


MONDAY_WEDNESDAY = texts("2026-06-08T12:00:00-04:00", "2026-06-10T12:00:00-04:00")
STATES = [
    case("MA: a creditor calls at work after being told not to", "block", FRIDAY, law="US-MA", locations=BOSTON, collector="first_party", content={"address_kind": "work_landline"}, person={"inconvenient_places": [{"place": "work"}]}),
    case("WA: second time at work in a week", "defer", "2026-06-11T12:00:00-07:00", law="US-WA", locations=SEATTLE, content={"address_kind": "work_landline"}, grade="send_or_not", events=calls("2026-06-08T12:00:00-07:00", address_kind="work_landline")),
    case("WA: 7:29 on a debt that was not yet in default", "defer", "2026-06-11T07:29:00-07:00", law="US-WA", locations=SEATTLE, facts={"in_default_when_obtained": False}, not_before="2026-06-11T07:30:00-07:00"),
    case("WA: 7:30 on such a debt", "allow", "2026-06-11T07:30:00-07:00", law="US-WA", locations=SEATTLE, facts={"in_default_when_obtained": False}),
    case("DC: fifth call", "defer", "2026-06-11T12:00:00-04:00", law="US-DC", locations=DC, not_before="2026-06-15T08:00:00-04:00", events=calls(*[f"2026-06-{day:02}T10:00:00-04:00" for day in (8, 9, 10, 11)])),
    case("DC: no consent", "block", FRIDAY, "email", law="US-DC", locations=DC, facts={"dc_ecomm_consent": False}),
    case("NYC: third in a week", "defer", FRIDAY, "email", law="US-NYC", locations=BROOKLYN, not_before="2026-06-15T08:00:00-04:00", events=[event("email_out", f"2026-06-{day:02}T12:00:00-04:00", to="P1") for day in (8, 9)]),
    case("MA: third in a week", "defer", FRIDAY, law="US-MA", locations=BOSTON, events=MONDAY_WEDNESDAY, not_before="2026-06-15T08:00:00-04:00"),
    case("MA: the week has passed", "allow", "2026-06-15T12:00:00-04:00", law="US-MA", locations=BOSTON, events=MONDAY_WEDNESDAY),
    case("MA: emails are not counted", "allow", FRIDAY, "email", law="US-MA", locations=BOSTON, events=MONDAY_WEDNESDAY),
    case("MA: another debt", "allow", FRIDAY, law="US-MA", locations=BOSTON, events=MONDAY_WEDNESDAY, debts=[{}, {"id": "D2"}], about=["D2"]),
    case("MA: a creditor too", "defer", FRIDAY, law="US-MA", locations=BOSTON, events=MONDAY_WEDNESDAY, collector="first_party", grade="send_or_not"),
    case("MA: answers do not count", "allow", FRIDAY, law="US-MA", locations=BOSTON, events=texts("2026-06-08T12:00:00-04:00", "2026-06-10T12:00:00-04:00", in_response_to="sms_in")),
    case("MA: third call in thirty days at work", "defer", FRIDAY, law="US-MA", locations=BOSTON, content={"address_kind": "work_landline"}, grade="send_or_not",
         events=calls("2026-05-15T12:00:00-04:00", "2026-05-25T12:00:00-04:00", address_kind="work_landline")),
    case("WA: fourth in a week, letters count", "defer", "2026-06-11T12:00:00-07:00", "letter", law="US-WA", locations=SEATTLE, grade="send_or_not", events=[
        event("letter_out", "2026-06-08T12:00:00-07:00", to="P1"), event("email_out", "2026-06-09T12:00:00-07:00", to="P1"), event("sms_out", "2026-06-10T12:00:00-07:00", to="P1")]),
    case("WA: third in a week", "allow", "2026-06-11T12:00:00-07:00", "email", law="US-WA", locations=SEATTLE, events=[
        event("letter_out", "2026-06-08T12:00:00-07:00", to="P1"), event("email_out", "2026-06-09T12:00:00-07:00", to="P1")]),
    case("WA: an answer is free", "allow", "2026-06-11T12:00:00-07:00", "email", law="US-WA", locations=SEATTLE, content={"in_response_to": "email_in"}, events=[
        event("letter_out", "2026-06-08T12:00:00-07:00", to="P1"), event("sms_out", "2026-06-09T12:00:00-07:00", to="P1"),
        event("letter_out", "2026-06-10T12:00:00-07:00", to="P1"), event("email_in", "2026-06-11T11:00:00-07:00", **{"from": "P1"})]),
    case("WA: federal 8:00 binds, not 7:30", "defer", "2026-06-11T07:45:00-07:00", law="US-WA", locations=SEATTLE, not_before="2026-06-11T08:00:00-07:00"),
    case("DC: fourth call", "allow", "2026-06-11T12:00:00-04:00", law="US-DC", locations=DC, events=calls("2026-06-08T10:00:00-04:00", "2026-06-09T10:00:00-04:00", "2026-06-10T10:00:00-04:00")),
    case("DC: asking for consent, first in a week", "allow", FRIDAY, "email", law="US-DC", locations=DC, facts={"dc_ecomm_consent": False}, content={"purpose": "ask_for_consent", **EMAIL_NOTICE}),
    case("DC: asking twice in a week", "defer", FRIDAY, "email", law="US-DC", locations=DC, facts={"dc_ecomm_consent": False}, content={"purpose": "ask_for_consent", **EMAIL_NOTICE}, grade="send_or_not",
         events=[event("email_out", "2026-06-08T12:00:00-04:00", to="P1", purpose="ask_for_consent")]),
    case("DC: sixth message with consent", "defer", FRIDAY, "sms", law="US-DC", locations=DC, grade="send_or_not", events=texts(*[f"2026-06-{day:02}T12:00:00-04:00" for day in range(7, 12)])),
    case("DC: fifth message with consent", "allow", FRIDAY, "sms", law="US-DC", locations=DC, events=texts(*[f"2026-06-{day:02}T12:00:00-04:00" for day in range(8, 12)])),
    case("NYC: second in a week", "allow", FRIDAY, "email", law="US-NYC", locations=BROOKLYN, events=[event("email_out", "2026-06-09T12:00:00-04:00", to="P1")]),
    case("Albany is not New York City", "allow", FRIDAY, "sms", law="US-NY", locations=ALBANY, events=[event("sms_out", f"2026-06-{day:02}T12:00:00-04:00", to="P1") for day in (8, 9, 10)]),
    case("NY: email with all three proofs", "allow", FRIDAY, "email", law="US-NY", locations=ALBANY, facts={"ny_email": {"voluntarily_provided": True, "written_consent": True, "affirmed_not_employer": True}}),
    case("NY: employer not ruled out", "block", FRIDAY, "email", law="US-NY", locations=ALBANY, facts={"ny_email": {"voluntarily_provided": True, "written_consent": True, "affirmed_not_employer": False}}),
    case("NY: the creditor itself", "allow", FRIDAY, "email", law="US-NY", locations=ALBANY, collector="first_party", facts={"ny_email": {"written_consent": False}}),
    case("NV: medical, no notice", "block", "2026-05-06T12:00:00-07:00", law="US-NV", locations=RENO, debts=[{"kind": "medical"}]),
    case("NV: day sixty", "allow", "2026-05-01T12:00:00-07:00", law="US-NV", locations=RENO, debts=[{"kind": "medical"}], events=[event("nv_medical_notice_mailed", "2026-03-02T12:00:00-08:00", debt_ids=["D1"])]),
    case("NV: day fifty-nine", "defer", "2026-04-30T12:00:00-07:00", law="US-NV", locations=RENO, debts=[{"kind": "medical"}], not_before="2026-05-01T08:00:00-07:00",
         events=[event("nv_medical_notice_mailed", "2026-03-02T12:00:00-08:00", debt_ids=["D1"])]),
    case("NV: a credit card needs none", "allow", "2026-05-06T12:00:00-07:00", law="US-NV", locations=RENO),
    case("CA: a creditor keeps the hours", "defer", "2026-06-10T06:00:00-07:00", law="US-CA", locations=DIEGO, collector="first_party", not_before="2026-06-10T08:00:00-07:00"),
    case("CA: no mini-Miranda from a creditor", "allow", "2026-06-10T12:00:00-07:00", "letter", law="US-CA", locations=DIEGO, collector="first_party", content={"communication_number": 1, "says_attempt_to_collect": False}),
    case("CA: a creditor's threat", "block", "2026-06-10T12:00:00-07:00", "letter", law="US-CA", locations=DIEGO, collector="first_party", content={"claims": ["arrest"]}),
    case("CA: sole trader's loan, cease request", "block", "2026-06-10T12:00:00-07:00", law="US-CA", locations=DIEGO, collector="first_party", debts=[{"purpose": "business", "natural_person_commercial": True}],
         events=[event("letter_in", "2026-06-01T12:00:00-07:00", debt_ids=["D1"], kind="cease_communication", **{"from": "P1"})]),
    case("a Boston number links Massachusetts", "defer", FRIDAY, locations=[place("Columbus OH 43215", "America/New_York"), place("+1-617 (Boston)", "America/New_York", "mobile_area_code")],
         events=MONDAY_WEDNESDAY, grade="send_or_not"),
]  # fmt: skip

SPACE = [
    event(
        "breathing_space_registered",
        "2026-03-02T12:00:00+00:00",
        kind="standard",
        moratorium_debts=["D1"],
        starts="2026-03-03",
    )
]
CRISIS = [
    event(
        "breathing_space_registered",
        "2026-01-05T12:00:00+00:00",
        kind="mental_health_crisis",
        moratorium_debts=["D1"],
        starts="2026-01-06",
    )
]
EDINBURGH = [place("Edinburgh EH1 1AA, Scotland", "Europe/London")]
LATER = "2026-06-10T12:00:00+01:00"
TRADE = {
    "kind": "trade_invoice",
    "purpose": "business",
    "currency": "GBP",
    "late_since": "2026-02-01",
    "statutory_interest_running": True,
}
WIDGET = {"role": "business_contact", "entity": "Widget Ltd"}
BASE = {"boe_base_on_2025-06-30": "4.25", "boe_base_on_2025-12-31": "3.75"}


def claim(name: str, expect: str, amount: str, **content: str) -> dict[str, object]:
    return case(
        name,
        expect,
        LATER,
        "letter",
        law="UK",
        collector="supplier",
        person=WIDGET,
        debts=[TRADE | {"amount": amount}],
        facts=BASE,
        content=content,
    )


UK = [
    case("a plan is being worked out", "defer", LATER, law="UK", not_before="2026-06-25T08:00:00+01:00", events=[event("repayment_plan_in_development", "2026-05-26T12:00:00+01:00", evidence=True)]),
    case("capacity in doubt", "block", LATER, "letter", law="UK", events=[event("mental_capacity_notice", "2026-06-01T12:00:00+01:00")]),
    case("before breathing space starts", "allow", "2026-03-02T11:00:00+00:00", "letter", law="UK", events=SPACE),
    case("after sixty days", "allow", "2026-05-06T12:00:00+01:00", "letter", law="UK", events=SPACE),
    case("in the middle", "block", "2026-04-20T12:00:00+01:00", "letter", law="UK", events=SPACE, grade="send_or_not"),
    case("treatment goes on", "block", "2026-09-01T12:00:00+01:00", "letter", law="UK", events=CRISIS, grade="send_or_not"),
    case("to the debt adviser", "allow", "2026-03-20T12:00:00+00:00", "email", law="UK", events=SPACE, to="debt_adviser", content={"mentions_debt": False}),
    case("an answer that demands", "block", "2026-03-20T12:00:00+00:00", "email", law="UK", grade="send_or_not", content={"in_response_to": "email_in", "demands_payment": True},
         events=[*SPACE, event("email_in", "2026-03-20T10:00:00+00:00", **{"from": "P1"})]),
    case("a notice that credit law asks for", "allow", "2026-03-20T12:00:00+00:00", "letter", law="UK", events=SPACE, content={"required_by_law": "CCA 1974 s 86B"}),
    case("cancelled", "allow", "2026-03-20T12:00:00+00:00", "letter", law="UK", events=[*SPACE, event("breathing_space_cancelled", "2026-03-15T12:00:00+00:00")]),
    case("two overlap: the later end governs", "block", "2026-05-20T12:00:00+01:00", "letter", law="UK", events=[*SPACE, *CRISIS], facts={"crisis_treatment_ended_on": "2026-05-10"}, grade="send_or_not"),
    case("second pass of the repeated hour", "defer", "2026-10-25T01:45:00+00:00", "sms", law="UK", grade="send_or_not"),
    case("asked for email only", "block", LATER, law="UK", events=[event("statement_by_consumer", "2026-06-01T12:00:00+01:00", text="Stop calling me.")]),
    case("identity established", "allow", LATER, "inbound_call_response", law="UK", content={"identity_verified": True, "discloses_debt_details": True}),
    case("shared line, nothing said", "allow", LATER, "voicemail", law="UK", content={"line_shared": True, "mentions_debt": False}),
    case("a partner is told", "block", LATER, law="UK", to="flatmate", content={"mentions_debt": True}),
    case("visit unannounced", "block", LATER, "visit", law="UK", content={"visit_announced": False}),
    case("dispute by telephone counts", "block", LATER, law="UK", events=[event("dispute_oral", "2026-06-01T12:00:00+01:00", debt_ids=["D1"])]),
    case("grounds upheld", "block", LATER, law="UK", events=[event("dispute_in", "2026-06-01T12:00:00+01:00", debt_ids=["D1"], **{"from": "P1"}), event("dispute_outcome_sent", "2026-06-08T12:00:00+01:00", result="valid")]),
    case("the outcome itself", "allow", LATER, "letter", law="UK", content={"purpose": "send_outcome"}, events=[event("dispute_in", "2026-06-01T12:00:00+01:00", debt_ids=["D1"], **{"from": "P1"})]),
    case("plan: no genuine intent", "allow", LATER, law="UK", events=[event("repayment_plan_in_development", "2026-05-26T12:00:00+01:00", evidence=False)]),
    case("plan: a month has passed", "allow", LATER, law="UK", events=[event("repayment_plan_in_development", "2026-05-01T12:00:00+01:00", evidence=True)]),
    case("capacity: to the attorney under a power", "allow", LATER, "letter", law="UK", to="representative", events=[event("mental_capacity_notice", "2026-06-01T12:00:00+01:00")]),
    case("barred, not refused: a plain letter", "allow", LATER, "letter", law="UK", debts=[{"statute_barred": True}], content={"demands_payment": True}),
    case("barred in Scotland: no demand at all", "block", LATER, "letter", law="UK", locations=EDINBURGH, debts=[{"statute_barred": True}], content={"demands_payment": True}),
    case("a suit in breathing space", "block", "2026-03-20T12:00:00+00:00", "court_filing", law="UK", action="file_suit", events=SPACE, grade="send_or_not"),
    claim("fixed sum 70 below a thousand", "block", "999.99", claimed_fixed_sum_gbp="70"),
    claim("fixed sum 70 below ten thousand", "allow", "9999.99", claimed_fixed_sum_gbp="70"),
    claim("rate of December", "allow", "4200.00", claimed_interest_rate_pct="11.75"),
    claim("a hundredth over", "block", "4200.00", claimed_interest_rate_pct="11.76"),
    case("claimed from a consumer", "block", LATER, "letter", law="UK", content={"claimed_fixed_sum_gbp": "40"}),
    case("machine with safeguards", "allow", LATER, "decision_engine", law="UK", action="decide", content={
        "solely_automated": True, "effect": "significant", "safeguards": ["information", "representations", "human_intervention", "contest"]}),
    case("machine, one safeguard missing", "block", LATER, "decision_engine", law="UK", action="decide", content={
        "solely_automated": True, "effect": "significant", "safeguards": ["information", "representations", "human_intervention"]}),
]  # fmt: skip

HAMBURG = [place("Hamburg", "Europe/Berlin")]
SLIGO = [place("Sligo", "Europe/Dublin", "business_address")]
OWED = {"kind": "trade_invoice", "purpose": "business", "amount": "800.00", "currency": "EUR", "interest_payable": True}
ECB = {"ecb_main_refi_on_2026-07-01": "2.15"}
AUGUST = "2026-08-10T12:00:00+01:00"
IRISH = {"law": "EU-IE", "locations": SLIGO, "collector": "supplier", "person": WIDGET, "facts": ECB}
GERMAN = {"law": "EU-DE", "locations": HAMBURG}
EU = [
    case("DE: a hundredth over nine points", "block", "2026-08-10T12:00:00+02:00", "letter", debts=[OWED], content={"claimed_interest_rate_pct": "11.16"}, **{**IRISH, **GERMAN}),
    case("IE: eight points", "allow", AUGUST, "letter", debts=[OWED], content={"claimed_interest_rate_pct": "10.15"}, **IRISH),
    case("IE: a hundredth over", "block", AUGUST, "letter", debts=[OWED], content={"claimed_interest_rate_pct": "10.16"}, **IRISH),
    case("IE: by contract", "allow", AUGUST, "letter", debts=[OWED | {"contract_rate": "12.00"}], content={"claimed_interest_rate_pct": "12.00"}, **IRISH),
    case("IE: more than forty", "block", AUGUST, "letter", debts=[OWED], content={"claimed_fixed_sum_eur": "41"}, **IRISH),
    case("DE: nine points", "allow", "2026-08-10T12:00:00+02:00", "letter", debts=[OWED], content={"claimed_interest_rate_pct": "11.15"}, **{**IRISH, **GERMAN}),
    case("DE: from a consumer", "block", "2026-08-10T12:00:00+02:00", "letter", content={"claimed_fixed_sum_eur": "40"}, **GERMAN),
    case("a debt reminder after a marketing objection", "allow", "2026-06-10T12:00:00+02:00", "email", events=[event("gdpr_objection", "2026-06-01T12:00:00+02:00", scope="direct_marketing")], **GERMAN),
    case("machine alone, weighty", "block", "2026-06-10T12:00:00+02:00", "decision_engine", action="decide", content={"solely_automated": True, "effect": "legal_or_similarly_significant"}, **GERMAN),
    case("machine alone, of no weight", "allow", "2026-06-10T12:00:00+02:00", "decision_engine", action="decide", content={"solely_automated": True, "effect": "none"}, **GERMAN),
]  # fmt: skip

WED = "2026-06-10T12:00:00+10:00"
PERTH = [place("Perth WA 6000", "Australia/Perth")]
HARDSHIP = [
    event("default_notice_s88", "2026-01-15T12:00:00+11:00"),
    event("hardship_notice", "2026-02-20T12:00:00+11:00", first_in_4_months=True, **{"from": "P1"}),
]
REFUSED = [*HARDSHIP, event("hardship_refusal_s72_4_b", "2026-03-02T12:00:00+11:00")]
THREE = [
    event("call_out", "2026-06-08T12:00:00+10:00", to="P1", debt_ids=["D1"], result="voicemail_left"),
    event("email_out", "2026-06-09T12:00:00+10:00", to="P1", debt_ids=["D1"]),
    event("sms_out", "2026-06-09T14:00:00+10:00", to="P1", debt_ids=["D1"]),
]
SUIT = {"action": "file_suit", "law": "AU"}
AU = [
    case("hardship not decided", "block", "2026-03-02T12:00:00+11:00", "court_filing", events=HARDSHIP, **SUIT),
    case("refused thirteen days ago", "defer", "2026-03-15T12:00:00+11:00", "court_filing", events=REFUSED, not_before="2026-03-16T00:00:00+11:00", **SUIT),
    case("an offer without unsubscribe", "block", WED, "email", law="AU", content={"primary_purpose": "commercial", "unsubscribe": None}),
    case("Sunday 21:10", "defer", "2026-06-14T21:10:00+10:00", law="AU", not_before="2026-06-15T07:30:00+10:00"),
    case("visit at 08:30", "defer", "2026-06-10T08:30:00+10:00", "visit", law="AU", not_before="2026-06-10T09:00:00+10:00"),
    case("Christmas Day in Perth", "defer", "2026-12-25T10:00:00+08:00", law="AU", locations=PERTH, not_before="2026-12-29T07:30:00+08:00", grade="send_or_not"),
    case("at work at 18:00", "defer", "2026-06-10T18:00:00+10:00", law="AU", content={"address_kind": "work_landline"}, not_before="2026-06-11T09:00:00+10:00"),
    case("at work at noon", "allow", WED, law="AU", content={"address_kind": "work_landline"}),
    case("fourth contact of the week", "defer", WED, "email", law="AU", events=THREE, grade="send_or_not"),
    case("an answer to the debtor", "allow", WED, "email", law="AU", content={"in_response_to": "email_in"}, events=[*THREE, event("email_in", "2026-06-10T10:00:00+10:00", **{"from": "P1"})]),
    case("eleventh in a month", "defer", "2026-06-30T12:00:00+10:00", "sms", law="AU", grade="send_or_not",
         events=[event("sms_out", f"2026-06-{day:02}T12:00:00+10:00", to="P1", debt_ids=["D1"]) for day in (2, 4, 6, 9, 12, 15, 18, 21, 24, 27)]),
    case("spouse is a third party here", "block", WED, law="AU", to="spouse", content={"mentions_debt": True}),
    case("proceedings 14 days after refusal", "allow", "2026-03-16T12:00:00+11:00", "court_filing", events=REFUSED, **SUIT),
    case("a repeat on the same grounds", "allow", "2026-03-02T12:00:00+11:00", "court_filing", events=[HARDSHIP[0], HARDSHIP[1] | {"first_in_4_months": False}], **SUIT),
    case("no default notice", "block", "2026-03-02T12:00:00+11:00", "court_filing", **SUIT),
    case("default notice 29 days old", "defer", "2026-02-13T12:00:00+11:00", "court_filing", events=HARDSHIP[:1], grade="send_or_not", **SUIT),
    case("default notice 31 days old", "allow", "2026-02-15T12:00:00+11:00", "court_filing", events=HARDSHIP[:1], **SUIT),
    case("an account notice needs no unsubscribe", "allow", WED, "email", law="AU", content={"primary_purpose": "account_notice", "unsubscribe": None}),
    case("an offer four business days after unsubscribing", "allow", "2026-06-04T12:00:00+10:00", "email", law="AU", content={"primary_purpose": "commercial", "unsubscribe": "link"},
         events=[event("unsubscribe", "2026-05-29T12:00:00+10:00", **{"from": "P1"})]),
]  # fmt: skip

SCOPE = [
    case("a company's debt", "allow", "2026-06-10T06:00:00-04:00", person=WIDGET, debts=[{"purpose": "business"}]),
    case("a place that is not covered", "block", "2026-06-10T12:00:00+12:00", law="NZ", collector="first_party", locations=[place("Auckland", "Pacific/Auckland")]),
    case("a company there", "allow", "2026-06-10T12:00:00+12:00", law="NZ", collector="first_party", locations=[place("Auckland", "Pacific/Auckland")], person=WIDGET, debts=[{"purpose": "business"}]),
    case("an unknown zone", "block", "2026-06-10T12:00:00-04:00", locations=[place("Columbus OH 43215", "America/Columbus")]),
    case("no location at all", "block", "2026-06-10T12:00:00-04:00", locations=[]),
    case("SMS without opt-out line to a company", "allow", "2026-06-10T12:00:00-04:00", "sms", person=WIDGET, debts=[{"purpose": "business"}], content={"optout_notice": None}),
    case("SMS with it to a consumer", "allow", "2026-06-10T12:00:00-04:00", "sms", content=SMS_NOTICE),
]  # fmt: skip

TABLES = {"states": STATES, "uk": UK, "eu": EU, "au": AU, "scope": SCOPE}


@pytest.mark.parametrize("table", TABLES)
def test_each_case_is_answered_as_expected(table: str) -> None:
    missed = [
        (mark.id, mark.verdict, mark.expected, mark.not_before, mark.rules[:2])
        for mark in take(TABLES[table])
        if not mark.passed
    ]
    assert not missed
