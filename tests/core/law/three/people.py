"""Whom the law protects and what they asked for: scope, stops, media, places, others, disputes."""

from __future__ import annotations

from tests.core.law.three.case import (
    AUCKLAND,
    BERLIN,
    BOSTON,
    CAPITAL,
    COAST,
    EARLY,
    LATER,
    LONDON,
    NYC,
    OHIO,
    SYDNEY,
    Triple,
    one,
)  # fmt: skip

STOPPED, LATE_STOP = {"suppressions": one(medium="call", at=EARLY)}, {"suppressions": one(medium="call", at=LATER)}
AGREED = one(kind="x", given_to="collector", at=EARLY)
STRANGER = {"recipient": "third_party", "person": 5}
MAIL = {"channel": "email", "point": "a@b.example"}

CASES = (
    Triple("SCOPE-UNCOVERED", AUCKLAND, {}, {}, {"business": True}, {"place": LONDON}),
    Triple("SCOPE-NO-LOCATION", None, {"at": "2026-06-10T11:00Z"}, {}, {"business": True}, {"place": LONDON}),
    Triple(
        "SCOPE-NO-TIME", LONDON, {"preferences": one(start_minute=0, end_minute=1440)}, {},
        {"preferences": one(start_minute=0, end_minute=1259)}, {"preferences": one(start_minute=0, end_minute=480)},
    ),
    Triple("US-BK-STAY", OHIO, {}, {"bankruptcies": one(kind="filed", at=EARLY)}, {"bankruptcies": one(kind="filed", at=EARLY, until="2026-06-10T19:00Z")}, {"bankruptcies": one(kind="filed", debt=2, at=EARLY)}),
    Triple("HOUSE-INSOLVENCY", LONDON, {}, {"bankruptcies": one(kind="filed", at=EARLY)}, {"bankruptcies": one(kind="filed", at=LATER)}, {"bankruptcies": one(kind="filed", debt=2, at=EARLY)}),
    Triple("US-REGF-6c-CEASE", OHIO, {}, {"ceases": one(at="2026-06-10T19:00Z")}, {"ceases": one(at="2026-06-10T19:01Z")}, {"ceases": one(at=EARLY), "purpose": "notice_terminating"}),
    Triple("HOUSE-CEASE", LONDON, {}, {"ceases": one(at=EARLY)}, {"ceases": one(at=LATER)}, {"ceases": one(at=EARLY, debt=2)}),
    Triple("US-REGF-6b2-ATTORNEY", OHIO, {}, {"representations": one(kind="attorney", at=EARLY)}, {"representations": one(kind="attorney", at=EARLY, silent_at="2026-06-10T19:00Z")}, {"representations": one(kind="attorney", at=EARLY, debt=2)}),
    Triple("AU-RG96-CONDUCT", SYDNEY, {}, {"representations": one(kind="representative", at=EARLY)}, {"representations": one(kind="representative", at=LATER)}, {"representations": one(kind="representative", at=EARLY, waived_at=EARLY)}),
    Triple("HOUSE-REPRESENTED", LONDON, {}, {"representations": one(kind="representative", at=EARLY)}, {"representations": one(kind="representative", at=LATER)}, {"representations": one(kind="representative", at=EARLY, until=EARLY)}),
    Triple("US-REGF-6d1-THIRDPARTY", OHIO, STRANGER, {}, {"consents": AGREED | one(kind="third_party", person=5)}, {"recipient": "consumer", "log": {"at": [], "customer": []}}),
    Triple("HOUSE-THIRDPARTY", LONDON, STRANGER, {}, {"consents": AGREED | one(kind="third_party", person=5)}, {"purpose": "location_information"}),
    Triple("US-REGF-38-DISPUTE", OHIO, {"validations": one(at="2026-05-01T16:00Z")}, {"disputes": one(written=True, at="2026-06-07T16:00Z")}, {"disputes": one(written=True, at="2026-06-08T16:00Z")}, {"disputes": one(written=False, at="2026-06-01T16:00Z")}),
    Triple("US-REGF-18-MISLEAD", OHIO, {}, {"claims": ["arrest"]}, {"claims": ["court"], "action_intended": True}, {"claims": ["balance"]}),
    Triple("UK-CONC-7.14", LONDON, {}, {"disputes": one(written=False, at=EARLY)}, {"disputes": one(at=EARLY, answered_at="2026-06-10T11:00Z", outcome="not_valid")}, {"disputes": one(at=LATER)}),
    Triple("HOUSE-DISPUTE", BERLIN, {}, {"disputes": one(at=EARLY)}, {"disputes": one(at=EARLY, answered_at="2026-06-10T10:00Z")}, {"disputes": one(at=EARLY, debt=2)}),
    Triple("US-REGF-14h-MEDIUM", OHIO, {}, STOPPED, LATE_STOP, {"suppressions": one(medium="email", at=EARLY)}),
    Triple("US-TCPA", OHIO, {"technology": "autodialed_call"}, {}, {"consents": AGREED | one(kind="tcpa")}, {"technology": "manual"}),
    Triple("HOUSE-OPTOUT", BERLIN, {}, STOPPED, LATE_STOP, {"suppressions": one(medium="sms", at=EARLY)}),
    Triple("US-REGF-6b1-PLACE", OHIO, {"places": one(place="home", at=EARLY)}, {"address_kind": "home_landline"}, {"address_kind": "mobile"}, {"channel": "email"}),
    Triple("US-REGF-6b3-WORK", OHIO, {"places": one(place="work", employer=True, at=EARLY)}, {"address_kind": "work_landline"}, {"address_kind": "home_landline"}, {"channel": "email"}),
    Triple("US-MA-WORK", BOSTON, {"places": one(place="work", at=EARLY), "collector": "first_party"}, {"address_kind": "work_landline"}, {"address_kind": "home_landline"}, {"places": one(place="home", at=EARLY), "address_kind": "work_landline"}),
    Triple("HOUSE-PREFERENCE", BERLIN, {"preferences": one(start_minute=720, end_minute=780)}, {"at": "2026-06-10T10:59:59Z"}, {"at": "2026-06-10T11:00:00Z"}, {"at": "2026-06-10T09:59:59Z"}),
    Triple("US-REGF-6d4-EMAIL", OHIO, MAIL | {"safe_harbour": True}, {}, {"creditor_notices": one(point="a@b.example", sent_on="2026-05-05", opt_out_by_on="2026-06-09", complete=True, obtained_from_consumer=True, used_for_account=True, domain_public=True)}, {"consents": AGREED | one(kind="email")}),
    Triple("US-REGF-6d5-SMS", OHIO, {"channel": "sms", "safe_harbour": True}, {"consents": one(kind="sms", given_to="collector", at="2026-04-10T16:00Z")}, {"consents": one(kind="sms", given_to="collector", at="2026-04-11T16:00Z")}, {"consents": one(kind="sms", given_to="collector", at="2026-06-09T16:00Z")}),
    Triple("HOUSE-SAFE-HARBOUR", OHIO, MAIL, {}, {"safe_harbour": False}, {"consents": AGREED | one(kind="email")}),
    Triple("US-REGF-22f3-WORKMAIL", OHIO, MAIL, {"address_kind": "employer_email"}, {"address_kind": "employer_email", "consents": AGREED | one(kind="email")}, {"address_kind": "personal_email"}),
    Triple("US-NY-EMAIL", NYC, MAIL, {}, {"consents": AGREED | one(kind="ny_email", debt=1)}, {"collector": "first_party"}),
    Triple("US-DC-ECOMM", CAPITAL, MAIL, {}, {"consents": one(kind="electronic", at="2026-06-10T19:00Z")}, {"purpose": "ask_for_consent"}),
    Triple("EU-GDPR", BERLIN, MAIL | {"marketing": True}, {"notices": one(kind="objection_marketing", at="2026-06-10T10:00Z")}, {"notices": one(kind="objection_marketing", at="2026-06-10T10:01Z")}, {"notices": one(kind="objection_marketing", at=EARLY), "marketing": False}),
    Triple("US-CA-ROSENTHAL", COAST, {"collector": "first_party"}, {"at": "2026-06-10T14:59:59Z"}, {"at": "2026-06-10T15:00:00Z"}, {}),
)  # fmt: skip
