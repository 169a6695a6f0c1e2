"""US federal law as tables of cases: at least one allow, one block or defer, and one boundary for each rule."""

from __future__ import annotations

from typing import Any

import pytest

from duecourse.core.law.exam import take
from tests.core.law.exam_cases import EMAIL_NOTICE, SMS_NOTICE, calls, case, event, place

NOON = "2026-06-10T12:00:00-04:00"  # a Wednesday
LA = place("Los Angeles CA 90012", "America/Los_Angeles")
WEEKEND_OFF = {
    "inconvenient": [
        {"rule": "weekdays", "days": ["Mon", "Tue", "Wed", "Thu", "Fri"], "from": "15:00", "to": "17:00"},
        {"rule": "weekdays", "days": ["Sat", "Sun"], "from": "00:00", "to": "24:00"},
    ]
}
FRIDAYS_OFF = {"inconvenient": [{"rule": "weekdays", "days": ["Fri"], "from": "00:00", "to": "24:00"}]}

TIME = [
    case("07:59 waits a minute", "defer", "2026-06-10T07:59:00-04:00", not_before="2026-06-10T08:00:00-04:00"),
    case("08:01 goes", "allow", "2026-06-10T08:01:00-04:00"),
    case("21:01 waits for morning", "defer", "2026-06-10T21:01:00-04:00", not_before="2026-06-11T08:00:00-04:00"),
    case("night of spring forward", "defer", "2026-03-08T07:30:00-04:00", not_before="2026-03-08T08:00:00-04:00"),
    case("spring evening, stale offset says 19:30", "allow", "2026-03-09T00:30:00Z"),
    case("autumn: 12:30Z is 07:30 EST", "defer", "2026-11-01T12:30:00Z", not_before="2026-11-01T13:00:00Z"),
    case("Arizona knows no summer time", "allow", "2026-07-14T15:30:00Z", locations=[place("Phoenix AZ 85004", "America/Phoenix")]),
    case(
        "date line: 14:30 in Ohio is 04:30 tomorrow in Guam", "defer", "2026-06-15T14:30:00-04:00", not_before="2026-06-15T18:00:00-04:00",
        locations=[place("Columbus OH 43215", "America/New_York"), place("+1-671 (Guam)", "Pacific/Guam", "mobile_area_code")],
    ),
    case(
        "no hour suits both ends of the world until morning here", "defer", "2026-06-10T12:00:00-04:00", not_before="2026-06-10T18:00:00-04:00",
        locations=[place("Columbus OH 43215", "America/New_York"), place("+1-671", "Pacific/Guam", "mobile_area_code")],
    ),
    case("letters too keep the hour", "defer", "2026-06-10T06:00:00-04:00", "letter", not_before="2026-06-10T08:00:00-04:00"),
    case("a first party has no federal hours", "allow", "2026-06-10T06:00:00-04:00", collector="first_party"),
    case("weekday afternoon ruled out", "defer", "2026-06-10T15:00:00-04:00", not_before="2026-06-10T17:00:00-04:00", person=WEEKEND_OFF),
    case("just before it", "allow", "2026-06-10T14:59:00-04:00", person=WEEKEND_OFF),
    case("just after it", "allow", "2026-06-10T17:00:00-04:00", person=WEEKEND_OFF),
    case("Sunday waits for Monday", "defer", "2026-06-14T20:00:00-04:00", not_before="2026-06-15T08:00:00-04:00", person=WEEKEND_OFF),
    case("Fridays only: Thursday is fine", "allow", "2026-06-11T11:00:00-04:00", person=FRIDAYS_OFF),
    case(
        "a note until the year end binds on its last day", "defer", "2026-12-31T11:00:00-05:00", not_before="2027-01-01T08:00:00-05:00",
        person={"inconvenient": [{"days": ["Tue", "Thu"], "from": "00:00", "to": "24:00", "until": "2026-12-31", "told": "creditor_file_note"}]},
    ),
    case(
        "one reply by email inside the ruled-out time", "allow", "2026-06-10T15:50:00-04:00", "email", person=WEEKEND_OFF,
        events=[event("email_in", "2026-06-10T15:30:00-04:00", **{"from": "P1"})], content={"in_response_to": "email_in"},
    ),
    case(
        "the reply must use the same medium", "defer", "2026-06-10T15:50:00-04:00", not_before="2026-06-10T17:00:00-04:00", person=WEEKEND_OFF,
        events=[event("email_in", "2026-06-10T15:30:00-04:00", **{"from": "P1"})], content={"in_response_to": "email_in"},
    ),
    case(
        "automatic reply at 20:31 on a ruled-out Friday", "allow", "2026-06-12T20:31:00-04:00", "email", person=FRIDAYS_OFF,
        events=[event("email_in", "2026-06-12T20:30:00-04:00", **{"from": "P1"})], content={"in_response_to": "email_in"},
    ),
    case(
        "shown in the portal while they browse", "allow", "2026-06-12T18:00:00-04:00", "portal", person=FRIDAYS_OFF,
        events=[event("portal_session_start", "2026-06-12T17:55:00-04:00", by="P1")],
    ),
    case(
        "asked directly for 22:00", "allow", "2026-06-10T22:30:00-04:00",
        consents=[{"type": "time_consent", "at": "2026-06-08T18:00:00-04:00", "given_to": "collector", "window": "22:00-23:00"}],
    ),
    case(
        "the consented window opens before morning", "defer", "2026-06-10T21:30:00-04:00", not_before="2026-06-10T22:00:00-04:00",
        consents=[{"type": "time_consent", "at": "2026-06-08T18:00:00-04:00", "given_to": "collector", "window": "22:00-23:00"}],
    ),
    case(
        "consent obtained in an inconvenient call is none", "defer", "2026-06-10T22:30:00-04:00", not_before="2026-06-11T08:00:00-04:00",
        consents=[{"type": "time_consent", "at": "2026-06-08T22:00:00-04:00", "given_to": "collector", "given_during": "inconvenient_call", "window": "22:00-23:00"}],
    ),
    case(
        "consent to a previous collector is none", "defer", "2026-06-10T22:30:00-04:00", not_before="2026-06-11T08:00:00-04:00",
        consents=[{"type": "time_consent", "at": "2026-06-08T18:00:00-04:00", "given_to": "previous_collector", "window": "22:00-23:00"}],
    ),
    case("a court allows it", "allow", "2026-06-10T22:30:00-04:00", content={"court_permission": True}),
]  # fmt: skip

WEEK = [
    f"2026-05-0{day}T{hour}:00:00-04:00"
    for day, hour in ((4, 10), (4, 13), (5, 10), (5, 13), (6, 10), (6, 13), (7, 10))
]
TALK = "answered_conversation"
FREQUENCY = [
    case("the seventh call goes", "allow", "2026-05-07T15:00:00-04:00", events=calls(*WEEK[:6])),
    case("the eighth waits", "defer", "2026-05-07T15:00:00-04:00", not_before="2026-05-11T08:00:00-04:00", events=calls(*WEEK)),
    case("full voicemail counts", "defer", "2026-05-07T15:00:00-04:00", not_before="2026-05-11T08:00:00-04:00", events=calls(*WEEK, result="voicemail_full")),
    case("dropped answers count", "defer", "2026-05-07T15:00:00-04:00", not_before="2026-05-11T08:00:00-04:00", events=calls(*WEEK, result="answered_dropped")),
    case("numbers not in service do not", "allow", "2026-05-07T15:00:00-04:00", events=calls(*WEEK, result="not_in_service")),
    case("a voicemail is a call", "defer", "2026-05-07T15:00:00-04:00", "voicemail", not_before="2026-05-11T08:00:00-04:00", events=calls(*WEEK)),
    case("day seven after a talk", "defer", "2026-08-20T20:59:00-04:00", not_before="2026-08-21T08:00:00-04:00", events=calls("2026-08-14T08:01:00-04:00", result=TALK)),
    case("day eight after a talk", "allow", "2026-08-21T08:01:00-04:00", events=calls("2026-08-14T20:59:00-04:00", result=TALK)),
    case("over the year end", "defer", "2027-01-02T12:00:00-05:00", not_before="2027-01-06T08:00:00-05:00", events=calls("2026-12-30T12:00:00-05:00", result=TALK)),
    case(
        "the consumer's local day counts, not UTC's", "defer", "2026-08-20T12:00:00-04:00", not_before="2026-08-21T08:00:00-04:00",
        events=calls("2026-08-15T00:30:00Z", result=TALK),
    ),
    case(
        "call back within the week, no day named", "allow", "2026-04-06T12:00:00-04:00", events=calls("2026-04-03T12:00:00-04:00", result=TALK),
        consents=[{"type": "call_consent", "at": "2026-04-03T12:00:00-04:00", "given_to": "collector", "debt_ids": ["D1"]}],
    ),
    case(
        "a talk uses the consent up", "defer", "2026-04-08T12:00:00-04:00", not_before="2026-04-13T08:00:00-04:00",
        events=calls("2026-04-03T12:00:00-04:00", "2026-04-06T12:00:00-04:00", result=TALK),
        consents=[{"type": "call_consent", "at": "2026-04-03T12:00:00-04:00", "given_to": "collector", "debt_ids": ["D1"]}],
    ),
    case(
        "on the day that was named", "allow", "2026-04-06T12:00:00-04:00", events=calls("2026-04-03T12:00:00-04:00", result=TALK),
        consents=[{"type": "call_consent", "at": "2026-04-03T12:00:00-04:00", "given_to": "collector", "debt_ids": ["D1"], "only_on": "2026-04-06"}],
    ),
    case(
        "the day after the one that was named", "defer", "2026-04-07T12:00:00-04:00", not_before="2026-04-10T08:00:00-04:00",
        events=calls("2026-04-03T12:00:00-04:00", result=TALK),
        consents=[{"type": "call_consent", "at": "2026-04-03T12:00:00-04:00", "given_to": "collector", "debt_ids": ["D1"], "only_on": "2026-04-06"}],
    ),
    case(
        "consent withdrawn", "defer", "2026-04-06T12:00:00-04:00", not_before="2026-04-10T08:00:00-04:00", events=calls("2026-04-03T12:00:00-04:00", result=TALK),
        consents=[{"type": "call_consent", "at": "2026-04-03T12:00:00-04:00", "given_to": "collector", "revoked_at": "2026-04-05T12:00:00-04:00"}],
    ),
    case(
        "day seven of a consent", "allow", "2026-06-10T12:00:00-04:00", events=calls(*[f"2026-06-0{day}T12:00:00-04:00" for day in range(1, 10)]),
        consents=[{"type": "call_consent", "at": "2026-06-04T11:00:00-04:00", "given_to": "collector", "debt_ids": ["D1"]}],
    ),
    case(
        "both debts talked over", "defer", "2026-11-12T12:00:00-05:00", not_before="2026-11-16T08:00:00-05:00", debts=[{"id": "A"}, {"id": "B"}], about=["A"],
        events=calls("2026-11-09T12:00:00-05:00", debts=("A", "B"), result=TALK),
    ),
    case(
        "an act about two debts waits for the later one", "defer", "2026-11-12T12:00:00-05:00", not_before="2026-11-17T08:00:00-05:00",
        debts=[{"id": "A"}, {"id": "B"}], about=["A", "B"],
        events=calls("2026-11-09T12:00:00-05:00", debts=("A",), result=TALK) + calls("2026-11-10T12:00:00-05:00", debts=("B",), result=TALK),
    ),
    case(
        "a voicemail counted toward the other debt", "allow", "2026-05-07T15:00:00-04:00", debts=[{"id": "A"}, {"id": "B"}], about=["A"],
        events=calls(*WEEK[:6], debts=("A",)) + calls(WEEK[6], debts=("A", "B"), result="voicemail_left_lcm", counted_toward=["B"]),
    ),
    case(
        "student loans of one account, talk about another of them", "defer", "2026-05-07T12:00:00-04:00", not_before="2026-05-11T08:00:00-04:00",
        debts=[{"id": "L1", "kind": "student_loan", "servicing_account": "S"}, {"id": "L2", "kind": "student_loan", "servicing_account": "S"}], about=["L2"],
        events=calls("2026-05-04T12:00:00-04:00", debts=("L1",), result=TALK),
    ),
    case("a creditor of its own debts is free", "allow", "2026-05-07T15:00:00-04:00", collector="first_party", events=calls(*WEEK)),
    case(
        "a creditor under another name is a collector", "defer", "2026-05-07T15:00:00-04:00", not_before="2026-05-11T08:00:00-04:00",
        collector={"type": "creditor", "uses_other_name": True}, events=calls(*WEEK),
    ),
    case(
        "a wrong number not yet known still counts", "defer", "2026-05-07T15:00:00-04:00", not_before="2026-05-11T08:00:00-04:00", events=calls(*WEEK, number="W"),
        content={"number": "R"},
    ),
]  # fmt: skip

STOP = event("statement_by_consumer", "2026-06-01T12:00:00-04:00", text="Stop calling me.", via="phone")


def texted(words: str) -> list[dict[str, Any]]:
    return [event("sms_in", "2026-06-09T12:05:00-04:00", number="+15550111", text=words, **{"from": "P1"})]


MINE = {"number": "+15550111", **SMS_NOTICE}
MEDIUM = [
    *(case(f"'{words}'", "block", NOON, "sms", events=texted(words), content=MINE) for words in (
        "STOP", "End", "stopall", "Opt-out", "please stop texting me", "Don't text me", "no more messages", "Take me off this list",
        "I revoke my consent", "Unsubscribe me please", "Quit it", "STOP!!!", "Do not send me texts", "leave me alone",
    )),
    *(case(f"'{words}' is no request", "allow", NOON, "sms", events=texted(words), content=MINE) for words in (
        "I'll stop by tomorrow", "When does it end?", "I paid at the bus stop", "Please text me the amount", "I never got your letter",
    )),
    case("the same number, another debt", "block", NOON, "sms", events=texted("STOP"), content=MINE, debts=[{}, {"id": "D2"}], about=["D2"]),
    case("email stays open", "allow", NOON, "email", events=texted("STOP"), content=EMAIL_NOTICE),
    case("an address not yet chosen might be the one", "block", NOON, "sms", events=texted("STOP"), content=SMS_NOTICE),
    case("calls stop", "block", NOON, events=[STOP]),
    case("voicemail is a call", "block", NOON, "voicemail", events=[STOP]),
    case("texts are not calls", "allow", NOON, "sms", events=[STOP], content=SMS_NOTICE),
    case(
        "one call back to a voicemail", "allow", "2026-06-10T11:00:00-04:00",
        events=[STOP, event("voicemail_in", "2026-06-10T10:00:00-04:00", text="Please ring me about a plan.", **{"from": "P1"})],
    ),
    case("letters stop", "block", NOON, "letter", events=[event("statement_by_consumer", "2026-06-01T12:00:00-04:00", text="Don't send me any more letters")]),
    case(
        "the law asks for this letter", "allow", NOON, "letter", content={"purpose": "periodic_statement", "required_by_law": "12 CFR 1026.41"},
        events=[event("statement_by_consumer", "2026-06-01T12:00:00-04:00", text="Stop mailing me letters.")],
    ),
    case("one bare confirmation", "allow", "2026-06-09T12:06:00-04:00", "sms", events=texted("STOP"), content={"purpose": "confirm_opt_out", "text": "You will get no more texts from us.", "number": "+15550111"}),
    case("a confirmation with a balance", "block", "2026-06-09T12:06:00-04:00", "sms", events=texted("STOP"), content={"purpose": "confirm_opt_out", "text": "No more texts. Your balance is $40.", "number": "+15550111"}),
    case(
        "a second confirmation", "block", "2026-06-09T12:09:00-04:00", "sms", content={"purpose": "confirm_opt_out", "number": "+15550111"},
        events=[*texted("STOP"), event("sms_out", "2026-06-09T12:06:00-04:00", to="P1", number="+15550111", purpose="confirm_opt_out")],
    ),
    case("asked before it was received", "allow", "2026-06-09T12:04:00-04:00", "sms", events=texted("STOP"), content=MINE),
]  # fmt: skip

CEASED = [
    event("letter_in", "2026-08-06T10:00:00-04:00", debt_ids=["D1"], kind="cease_communication", **{"from": "P1"})
]
LATER = "2026-08-10T12:00:00-04:00"
CEASE = [
    case("an email after receipt", "block", LATER, "email", events=CEASED),
    case("a letter too", "block", LATER, "letter", events=CEASED),
    case("the minute before receipt", "allow", "2026-08-06T09:59:00-04:00", events=CEASED),
    case("by accepted e-medium", "block", LATER, "letter", events=[event("email_in", "2026-08-06T10:00:00-04:00", text="I refuse to pay this debt.", **{"from": "P1"})]),
    case("we end our efforts", "allow", LATER, "letter", events=CEASED, content={"purpose": "terminate_efforts_notice", "demands_payment": False}),
    case("a remedy ordinarily used", "allow", LATER, "letter", events=CEASED, content={"purpose": "notify_may_invoke_specified_remedy", "ordinarily_invoked": True}),
    case("a remedy not ordinarily used", "block", LATER, "letter", events=CEASED, content={"purpose": "notify_may_invoke_specified_remedy", "ordinarily_invoked": False}),
    case("a remedy not intended", "block", LATER, "letter", events=CEASED, content={"purpose": "notify_intends_specified_remedy", "intended": False}),
    case("a demand dressed as a notice", "block", LATER, "letter", events=CEASED, content={"purpose": "notify_intends_specified_remedy", "intended": True, "demands_payment": True}),
    case("another debt", "allow", LATER, "letter", events=CEASED, debts=[{}, {"id": "D2"}], about=["D2"]),
    case("a servicing notice that the law asks for", "allow", LATER, "letter", events=CEASED, content={"required_by_law": "12 CFR 1026.41"}),
]  # fmt: skip

ATTORNEY = [
    event(
        "attorney_notice",
        "2026-06-01T12:00:00-04:00",
        debt_ids=["D1"],
        attorney="Dana Ruiz, 5 Elm St",
        represented=True,
    )
]
PEOPLE = [
    case("home ruled out: home landline", "block", NOON, content={"address_kind": "home_landline"}, person={"inconvenient_places": [{"place": "home"}]}),
    case("a neighbour at 22:00", "defer", "2026-06-10T22:00:00-04:00", to="neighbour", not_before="2026-06-11T08:00:00-04:00", content={"purpose": "location_information", "mentions_debt": False}),
    case("represented", "block", NOON, events=ATTORNEY),
    case("represented on another debt", "allow", NOON, events=ATTORNEY, debts=[{}, {"id": "D2"}], about=["D2"]),
    case("before we knew", "allow", "2026-06-01T11:59:00-04:00", events=ATTORNEY),
    case("no longer represented", "allow", NOON, events=[*ATTORNEY, event("attorney_notice", "2026-06-05T12:00:00-04:00", represented=False)]),
    case(
        "a name easily found", "block", NOON, facts={"attorney_identity_known": False, "attorney_identity_readily_ascertainable": True},
        events=[event("statement_by_consumer", "2026-06-01T12:00:00-04:00", text="My lawyer handles this.")],
    ),
    case(
        "the reply is used up", "block", "2026-06-10T13:00:00-04:00", "email",
        events=[*ATTORNEY, event("email_in", "2026-06-10T11:30:00-04:00", **{"from": "P1"}), event("email_out", "2026-06-10T12:00:00-04:00", to="P1", in_response_to="email_in")],
    ),
    case("spouse is consumer here", "allow", NOON, to="spouse", content={"mentions_debt": True}),
    case("spouse of a represented consumer", "block", NOON, to="spouse", events=ATTORNEY),
    case("executor", "allow", NOON, to="executor", content={"mentions_debt": True}),
    case("parent of a minor", "allow", NOON, to="parent", person={"age": 16}, content={"mentions_debt": True}),
    case("parent of an adult", "block", NOON, to="parent", person={"age": 18}, content={"mentions_debt": True}),
    case("a sister", "block", NOON, to="sister", content={"mentions_debt": True}),
    case("creditor", "allow", NOON, to="creditor", content={"mentions_debt": True}),
    case("location by postcard", "block", NOON, "postcard", to="neighbour", content={"purpose": "location_information", "mentions_debt": False}),
    case("location without own name", "block", NOON, to="neighbour", content={"purpose": "location_information", "mentions_debt": False, "identifies_self_by_name": False}),
    case(
        "second location call", "block", NOON, to="neighbour", content={"purpose": "location_information", "mentions_debt": False},
        events=[event("call_out", "2026-06-01T12:00:00-04:00", to="neighbour", debt_ids=["D1"], result=TALK, purpose="location_information")],
    ),
    case(
        "the earlier answer was wrong", "allow", NOON, to="neighbour",
        content={"purpose": "location_information", "mentions_debt": False, "believes_earlier_response_erroneous": True},
        events=[event("call_out", "2026-06-01T12:00:00-04:00", to="neighbour", debt_ids=["D1"], result=TALK, purpose="location_information")],
    ),
    case(
        "another neighbour was asked", "allow", NOON, to="landlord", content={"purpose": "location_information", "mentions_debt": False},
        events=[event("call_out", "2026-06-01T12:00:00-04:00", to="neighbour", debt_ids=["D1"], result=TALK, purpose="location_information")],
    ),
    case("location call once the attorney is known", "block", NOON, to="neighbour", events=ATTORNEY, content={"purpose": "location_information", "mentions_debt": False}),
    case("other number of the wrong person", "allow", NOON, "sms", content={"number": "+15550111"},
         events=[event("sms_in", "2026-06-05T12:00:00-04:00", number="+15550100", text="Wrong number", **{"from": "third_party"})]),
    case("work line without objection", "allow", NOON, content={"address_kind": "work_landline"}),
    case("mobile at work", "allow", NOON, content={"address_kind": "mobile"}, events=[event("statement_by_consumer", "2026-06-01T12:00:00-04:00", text="My employer does not allow calls at work")]),
    case("work line, boss forbids", "block", NOON, content={"address_kind": "work_landline"}, events=[event("statement_by_consumer", "2026-06-01T12:00:00-04:00", text="My employer does not allow calls at work")]),
    case("home ruled out: mobile", "allow", NOON, content={"address_kind": "mobile"}, person={"inconvenient_places": [{"place": "home"}]}),
    case("home ruled out: reply on their own call", "allow", NOON, "inbound_call_response", person={"inconvenient_places": [{"place": "home"}]}, content={"address_kind": "home_landline"}),
]  # fmt: skip

HARBOUR = {"policy": {"email_sms_require_6d3_procedures": True}}
ROUTE = {
    **HARBOUR,
    "creditor_obtained_address_from_consumer": True,
    "creditor_used_address_for_account": True,
    "domain_public": True,
    "employer_provided_known": False,
}
DISCLOSES = ["transfer", "address_and_use", "others_may_see", "opt_out_method", "opt_out_date"]


def notice(by: str, sent: str = "2026-03-02", discloses: list[str] = DISCLOSES) -> list[dict[str, Any]]:
    return [
        event(
            "creditor_email_notice",
            f"{sent}T12:00:00-05:00",
            sent_at=sent,
            opt_out_by=by,
            discloses=discloses,
            by="creditor",
        )
    ]


def chain(*links: dict[str, Any]) -> dict[str, Any]:
    return {**HARBOUR, "chain": [*links, {"collector": "XYZ", "current": True}]}


def texting(at: str, **more: Any) -> list[dict[str, Any]]:
    return [event("sms_in", at, number="+15550111", text="What do I owe?", **{"from": "P1"}, **more)]


ABC = {"collector": "ABC", "obtained_by": "6(d)(4)(i)", "used_email": True, "opted_out": False}
CHECK = {"number": "+15550111", "database": "FCC RND"}
ELECTRONIC = [
    case("opt-out day itself", "defer", "2026-04-06T12:00:00-04:00", "email", not_before="2026-04-07T08:00:00-04:00", events=notice("2026-04-06"), facts=ROUTE),
    case("exactly 35 days", "allow", "2026-04-07T08:01:00-04:00", "email", events=notice("2026-04-06"), facts=ROUTE),
    case("four items only", "block", "2026-04-20T12:00:00-04:00", "email", events=notice("2026-04-06", discloses=DISCLOSES[:4]), facts=ROUTE),
    case("known to be the employer's", "block", "2026-04-20T12:00:00-04:00", "email", events=notice("2026-04-06"), facts=ROUTE | {"employer_provided_known": True}),
    case("not obtained from the consumer", "block", "2026-04-20T12:00:00-04:00", "email", events=notice("2026-04-06"), facts=ROUTE | {"creditor_obtained_address_from_consumer": False}),
    case("portal address with clear notice", "allow", NOON, "email", facts=HARBOUR, content={"address": "a@mail.example"},
         events=[event("portal_contact_update", "2026-06-01T12:00:00-04:00", by="P1", address="a@mail.example", disclosure_shown=True)]),
    case("they wrote to us from it", "allow", NOON, "email", facts=HARBOUR, content={"address": "a@mail.example"},
         events=[event("email_in", "2026-06-01T12:00:00-04:00", address="a@mail.example", text="What do I owe?", **{"from": "P1"})]),
    case("they wrote from another address", "block", NOON, "email", facts=HARBOUR, content={"address": "b@mail.example"},
         events=[event("email_in", "2026-06-01T12:00:00-04:00", address="a@mail.example", text="What do I owe?", **{"from": "P1"})]),
    case("consent to us", "allow", NOON, "email", facts=HARBOUR, consents=[{"type": "email_consent", "at": "2026-06-01T12:00:00-04:00", "given_to": "collector"}]),
    case("consent to the creditor", "block", NOON, "email", facts=HARBOUR, consents=[{"type": "email_consent", "at": "2026-06-01T12:00:00-04:00", "given_to": "creditor"}]),
    case("nothing on record", "block", NOON, "email", facts=HARBOUR),
    case("chain of two, both used it", "allow", NOON, "email", facts=chain(ABC, {"collector": "EFG", "used_email": True, "opted_out": False})),
    case("the one before us did not use it", "block", NOON, "email", facts=chain(ABC, {"collector": "EFG", "used_email": False, "opted_out": False})),
    case("nobody obtained it rightly", "block", NOON, "email", facts=chain({"collector": "ABC", "obtained_by": "skip_trace", "used_email": True, "opted_out": False})),
    case("text 60 days ago", "allow", "2026-03-06T12:00:00-05:00", "sms", facts=HARBOUR, events=texting("2026-01-05T12:00:00-05:00"), content={"number": "+15550111"}),
    case("text 61 days ago, checked since", "allow", "2026-03-07T12:00:00-05:00", "sms", facts=HARBOUR, content={"number": "+15550111"},
         events=[*texting("2026-01-05T12:00:00-05:00"), event("reassigned_number_check", "2026-02-25T12:00:00-05:00", result="not_reassigned", **CHECK)]),
    case("the check came before the text", "block", "2026-03-07T12:00:00-05:00", "sms", facts=HARBOUR, content={"number": "+15550111"},
         events=[event("reassigned_number_check", "2026-01-04T12:00:00-05:00", result="not_reassigned", **CHECK), *texting("2026-01-05T12:00:00-05:00")]),
    case("a call from the number is no text", "block", NOON, "sms", facts=HARBOUR, content={"number": "+15550111"},
         events=[event("call_in", "2026-06-01T12:00:00-04:00", number="+15550111", **{"from": "P1"})]),
    case("consent to the creditor for texts", "block", NOON, "sms", facts=HARBOUR, consents=[{"type": "sms_consent", "at": "2026-06-01T12:00:00-04:00", "given_to": "creditor"}]),
    case("no notice at all", "block", NOON, "email", content={"optout_notice": None}),
    case("a fee to stop", "block", NOON, "sms", content={"optout_notice": "Reply STOP to stop texts. A $1 charge applies."}),
    case("account number wanted", "block", NOON, "sms", content={"optout_notice": "Reply STOP and your account number to stop texts."}),
    case("link with the address in it", "allow", NOON, "email", content={"optout_notice": "Unsubscribe this address: https://abc.example/u/1", "optout_link": True}),
    case("'Text STOP to end messages'", "allow", NOON, "sms", content={"optout_notice": "Text STOP to end messages."}),
    case("employer's address, consumer wrote from it", "allow", NOON, "email", facts={"email_basis": "6(d)(4)(i)(A)"}, content={"address_kind": "employer_email_known"}),
    case("employer's address by creditor notice", "block", NOON, "email", facts={"email_basis": "6(d)(4)(ii)"}, content={"address_kind": "employer_email_known"}),
    case("prerecorded without consent", "block", NOON, facts={"tcpa_consent": None}, content={"technology": "prerecorded_voice", "number_kind": "mobile"}),
    case("prerecorded with consent", "allow", NOON, content={"technology": "prerecorded_voice", "number_kind": "mobile"}),
    case("consent revoked", "block", NOON, facts={"tcpa_consent": {"given_to": "creditor", "revoked": True}}, content={"technology": "autodialed_call"}),
]  # fmt: skip

TABLES = {
    "time": TIME, "frequency": FREQUENCY, "medium": MEDIUM, "cease": CEASE, "people": PEOPLE, "electronic": ELECTRONIC,
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_each_case_is_answered_as_expected(table: str) -> None:
    missed = [
        (mark.id, mark.verdict, mark.expected, mark.not_before, mark.rules[:2])
        for mark in take(TABLES[table])
        if not mark.passed
    ]
    assert not missed
