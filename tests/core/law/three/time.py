"""When and how often: hours, counts, waits."""

from __future__ import annotations

from tests.core.law.three.case import (
    BERLIN,
    BOSTON,
    CAPITAL,
    LONDON,
    NYC,
    OHIO,
    RENO,
    SEATTLE,
    SYDNEY,
    Triple,
    days,
    log,
    one,
    several,
)  # fmt: skip

MEDICAL = {"facts:debts": one(debt=1, kind="medical")}
SUIT = {"action": "file_suit", "channel": "court_filing"}
TALK = {"result": "answered_conversation", "conversation": True}
TEXT = {"channel": "sms", "result": "sent"}

CASES = (
    Triple("US-REGF-6b1-TIME", OHIO, {}, {"at": "2026-06-11T01:00:00Z"}, {"at": "2026-06-11T00:59:59Z"}, {}),
    Triple("US-REGF-14a-HOURS", OHIO, {"recipient": "third_party", "purpose": "location_information"}, {"at": "2026-06-10T11:59:59Z"}, {"at": "2026-06-10T12:00Z"}, {}),
    Triple("US-WA-HOURS", SEATTLE, {}, {"at": "2026-06-10T14:29:59Z"}, {"at": "2026-06-10T14:30Z"}, {}),
    Triple("UK-CONC-7.9", LONDON, {}, {"at": "2026-06-10T20:00Z"}, {"at": "2026-06-10T19:59:59Z"}, {}),
    Triple("AU-RG96-HOURS", SYDNEY, {}, {"at": "2026-06-12T22:59Z"}, {"at": "2026-06-12T23:00Z"}, {}),  # a Saturday, 8:59 and 9:00
    Triple("AU-RG96-VISITS", SYDNEY, {"channel": "visit"}, {"at": "2026-06-09T22:59Z"}, {"at": "2026-06-09T23:00Z"}, {}),
    Triple("AU-RG96-WORK-HOURS", SYDNEY, {"address_kind": "work_landline"}, {"at": "2026-06-10T07:00Z"}, {"at": "2026-06-10T06:59:59Z"}, {}),
    Triple("US-REGF-14b-FREQ", OHIO, {}, {"log": log(*days(4, 5, 6, 7, 8, 9, 10))}, {"log": log(*days(3, 5, 6, 7, 8, 9, 10))}, {"log": log(*days(4, 5, 6, 7, 8, 9, 10), result="busy")}),
    Triple("US-REGF-14b-TALK", OHIO, {}, {"log": log(*days(4), **TALK)}, {"log": log(*days(3), **TALK)}, {"log": log(*days(9), **TALK | {"debt": 2})}),
    Triple("US-MA-2IN7", BOSTON, {"collector": "first_party"}, {"log": log(*days(4, 9))}, {"log": log(*days(3, 9))}, {"log": log(*days(8, 9), debt=2)}),
    Triple("US-MA-2IN30", BOSTON, {"collector": "first_party", "address_kind": "work_landline"}, {"log": log("2026-05-12T14:00Z", *days(1), address_kind="work_landline")}, {"log": log("2026-05-11T14:00Z", *days(1), address_kind="work_landline")}, {"log": log(*days(1, 2), address_kind="mobile")}),
    Triple("US-WA-3WEEK", SEATTLE, {}, {"log": log(*days(4, 5, 9), channel="letter")}, {"log": log(*days(3, 5, 9), channel="letter")}, {"log": log(*days(4, 5))}),
    Triple("US-WA-WORK", SEATTLE, {"address_kind": "work_landline"}, {"log": log(*days(4), address_kind="work_landline")}, {"log": log(*days(3), address_kind="work_landline")}, {"log": log(*days(9))}),
    Triple("US-DC-4IN7", CAPITAL, {"collector": "first_party"}, {"log": log(*days(4, 5, 8, 9))}, {"log": log(*days(3, 5, 8, 9))}, {"log": log(*days(5, 8, 9))}),
    Triple("US-DC-ECOMM-ASK", CAPITAL, {"channel": "email", "purpose": "ask_for_consent"}, {"log": log(*days(4), **TEXT, purpose="ask_for_consent")}, {"log": log(*days(3), **TEXT, purpose="ask_for_consent")}, {"log": log(*days(9), **TEXT, purpose="reminder")}),
    Triple("US-DC-ECOMM-5IN7", CAPITAL, {"channel": "email"}, {"log": log(*days(4, 5, 6, 7, 8), **TEXT)}, {"log": log(*days(3, 5, 6, 7, 8), **TEXT)}, {"log": log(*days(5, 6, 7, 8), **TEXT)}),
    Triple("US-NYC-FREQ", NYC, {}, {"log": log(*days(4, 9), channel="letter")}, {"log": log(*days(3, 9), channel="letter")}, {"log": log(*days(9))}),
    Triple("AU-RG96-FREQ", SYDNEY, {}, {"log": log(*days(4, 5, 6), result="voicemail_left")}, {"log": log(*days(2, 5, 6), result="voicemail_left")}, {"log": log(*days(4, 5, 6))}),
    Triple("AU-RG96-FREQ-MONTH", SYDNEY, {}, {"log": log(*(f"2026-05-{d:02d}T02:00Z" for d in range(12, 22)), **TEXT)}, {"log": log(*(f"2026-05-{d:02d}T02:00Z" for d in range(11, 21)), **TEXT)}, {"log": log(*(f"2026-05-{d:02d}T02:00Z" for d in range(13, 22)), **TEXT)}),
    Triple("HOUSE-BUDGET", BERLIN, {"business": True}, {"log": log(*days(4, 9), channel="email")}, {"log": log(*days(3, 9), channel="email")}, {"log": log(*days(8, 9), channel="letter")}),
    Triple("HOUSE-CALL-PACE", BERLIN, {"business": True}, {"log": log("2026-06-10T00:00Z")}, {"log": log("2026-06-09T21:59:59Z")}, {"log": log("2026-06-10T00:00Z", result="busy")}),
    Triple("HOUSE-HOURS", BERLIN, {}, {"at": "2026-06-10T18:00Z"}, {"at": "2026-06-10T17:59:59Z"}, {}),
    Triple("HOUSE-HOLD", BERLIN, {}, {"holds": one(kind="review", until="2026-06-10T10:00:01Z")}, {"holds": one(kind="review", until="2026-06-10T10:00Z")}, {"holds": one(kind="review", debt=2)}),
    Triple("HOUSE-COMPLAINT", BERLIN, {}, {"holds": one(kind="complaint")}, {"holds": one(kind="complaint"), "purpose": "service"}, {"holds": one(kind="complaint", until="2026-06-10T10:00Z")}),
    Triple("HOUSE-STALE", BERLIN, {"creditor": 3}, {"creditors": one(creditor=3, fresh_at="2026-06-07T09:59:59Z")}, {"creditors": one(creditor=3, fresh_at="2026-06-07T10:00Z")}, {"creditors": one(creditor=4, fresh_at="2026-05-07T10:00Z")}),
    Triple("UK-CONC-7.3", LONDON, {}, {"notices": one(kind="plan_in_development", at="2026-05-12T11:00Z")}, {"notices": one(kind="plan_in_development", at="2026-05-11T11:00Z")}, {"notices": one(kind="plan_in_development", at="2026-06-09T11:00Z"), "purpose": "offer_help"}),
    Triple("AU-NCC-HARDSHIP", SYDNEY, SUIT, {"notices": several(hardship_notice="2026-05-01T02:00Z", hardship_refusal="2026-05-28T02:00Z")}, {"notices": several(hardship_notice="2026-05-01T02:00Z", hardship_refusal="2026-05-27T02:00Z")}, {"notices": one(kind="service", at="2026-05-01T02:00Z")}),
    Triple("AU-NCC-DEFAULT", SYDNEY, SUIT, {"notices": one(kind="default_notice_s88", at="2026-05-12T02:00Z")}, {"notices": one(kind="default_notice_s88", at="2026-05-11T02:00Z")}, {"action": "contact", "channel": "email"}),
    Triple("US-NV-MED60", RENO, MEDICAL, {"notices": one(kind="nv_medical_notice", at="2026-04-12T19:00Z")}, {"notices": one(kind="nv_medical_notice", at="2026-04-11T19:00Z")}, {"facts:debts": one(debt=1, kind="invoice")}),
    Triple("UK-BREATHING-SPACE", LONDON, {}, {"breathing_spaces": one(kind="standard", starts_on="2026-04-11", at="2026-04-10T11:00Z")}, {"breathing_spaces": one(kind="standard", starts_on="2026-04-10", at="2026-04-09T11:00Z")}, {"breathing_spaces": one(kind="standard", starts_on="2026-06-11", at="2026-06-10T11:00Z")}),
)  # fmt: skip
