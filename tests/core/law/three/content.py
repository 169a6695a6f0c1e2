"""What is said, and acts that are no contact."""

from __future__ import annotations

from datetime import date

from tests.core.law.exam_cases import ITEMS
from tests.core.law.three.case import BERLIN, DUBLIN, EARLY, LONDON, OHIO, SYDNEY, Triple, one
from tests.core.law.world import when

MAIL = {"channel": "email", "point": "a@b.example"}
LCM = "This is Robin Smith calling from ABC Inc. Please contact me or Jim Johnson at 1-800-555-1212."
NOTICE = {"channel": "letter", "purpose": "validation_notice"}
SUIT = {"action": "file_suit", "channel": "court_filing"}
ADVERT = MAIL | {"marketing": True}
OWED = one(debt=1, amount_minor=99_999, currency="GBP", late_on="2026-02-01")
TRADE = {"business": True, "channel": "letter", "facts:debts": OWED, "collector": "first_party"}
RATE = {
    "facts:rates": {"name": ["boe_base", "ecb_main"], "on": [date(2025, 12, 31), date(2026, 1, 1)], "bp": [400, 200]}
}
FURNISH = {"action": "furnish", "channel": "credit_bureau", "bureau": "x"}
DECIDES = {"action": "decide", "channel": "decision_engine", "solely_automated": True, "effect": "significant"}
FOUR = ["information", "representations", "human_intervention", "contest"]
LETTER = {"channel": ["letter"], "direction": ["out"], "debt": [1]}
CLAIMED = "claimed_fixed_minor"

CASES = (
    Triple("UK-CONC-7.10", LONDON, {}, {"notices": one(kind="mental_capacity", at="2026-06-10T11:00Z")}, {"notices": one(kind="mental_capacity", at="2026-06-10T11:01Z")}, {"notices": one(kind="service", at=EARLY)}),
    Triple("US-REGF-26-TIMEBARRED", OHIO, SUIT, {"facts:debts": one(debt=1, limitation_expired_on="2026-06-09")}, {"facts:debts": one(debt=1, limitation_expired_on="2026-06-10")}, {"facts:debts": one(debt=2, limitation_expired_on="2020-01-01")}),
    Triple("UK-CONC-7.15", LONDON, {"claims": ["court"]}, {"facts:debts": one(debt=1, statute_barred=True)}, {"facts:debts": one(debt=1, statute_barred=True), "claims": ["balance"]}, {"facts:debts": one(debt=1, statute_barred=False)}),
    Triple("US-REGF-34-VALIDATION", OHIO, NOTICE, {"items": ITEMS[1:]}, {"items": ITEMS}, {"items": [i for i in ITEMS if i not in ("creditor_itemization_date", "cfpb_url")], "consumer_financial_product": False}),
    Triple("US-REGF-42-DELIVERY", OHIO, MAIL | {"purpose": "send_verification"}, {"esign_consent": False}, {"esign_consent": True}, {"esign_consent": False, "channel": "letter"}),
    Triple("US-REGF-38b-OVERSHADOW", OHIO, {"validations": one(at="2026-06-01T16:00Z"), "channel": "letter"}, {"deadline_on": date(2026, 7, 8)}, {"deadline_on": date(2026, 7, 9)}, {"deadline_on": date(2027, 1, 1)}),
    Triple("HOUSE-LCM", OHIO, {"channel": "voicemail"}, {"text": LCM + " It is about your debt."}, {"text": LCM}, {"channel": "phone_call", "text": "x"}),
    Triple("US-REGF-2j-LCM", OHIO, {"channel": "voicemail", "must_qualify_as_lcm": True}, {"text": LCM.replace("Robin Smith", "Robin")}, {"text": LCM}, {"text": "x", "must_qualify_as_lcm": False}),
    Triple("US-REGF-6e-OPTOUT-NOTICE", OHIO, {"channel": "sms"}, {"optout_notice": "Write to us to stop."}, {"optout_notice": "Reply STOP to stop texts."}, {"channel": "letter", "optout_notice": "none"}),
    Triple("US-REGF-18e-DISCLOSURE", OHIO, {"channel": "letter"}, {"says_attempt_to_collect": False, "communication_number": 1}, {"says_attempt_to_collect": False, "communication_number": 2}, {"says_attempt_to_collect": True, "communication_number": 1}),
    Triple("US-REGF-14cdg", OHIO, {}, {"meaningful_identity": False}, {"meaningful_identity": True}, {"meaningful_identity": False, "channel": "letter"}),
    Triple("US-REGF-22-UNFAIR", OHIO, {}, {"fee_minor": 1}, {"fee_minor": 0}, {"fee_minor": 900, "fee_authorised": True}),
    Triple("US-REGF-6b4-CONSENT", OHIO, {}, {"continues_inconvenient_call": True}, {"continues_inconvenient_call": False}, {"continues_inconvenient_call": True, "collector": "first_party"}),
    Triple("US-CANSPAM", OHIO, ADVERT, {"suppressions": one(medium="email", at="2026-05-26T16:00Z")}, {"suppressions": one(medium="email", at="2026-05-27T16:00Z")}, {"suppressions": one(medium="sms", at=EARLY)}),
    Triple("AU-SPAM", SYDNEY, ADVERT, {"suppressions": one(medium="email", at="2026-06-02T02:00Z")}, {"suppressions": one(medium="email", at="2026-06-03T02:00Z")}, {"unsubscribe": True}),
    Triple("US-REGF-30a-FURNISH", OHIO, FURNISH, {"log": LETTER | {"at": [when("2026-05-27T16:00Z")]}}, {"log": LETTER | {"at": [when("2026-05-26T16:00Z")]}}, {"log": LETTER | {"at": [when("2026-06-09T16:00Z")], "conversation": [True]}}),
    Triple("US-REGF-30b-TRANSFER", OHIO, {"action": "sell_debt", "channel": "portfolio"}, {"facts:debts": one(debt=1, status="settled")}, {"facts:debts": one(debt=1, status="settled"), "transferee": "owner"}, {"facts:debts": one(debt=1, status="open")}),
    Triple("US-REGF-30c-PAYMENTS", OHIO, {"action": "apply_payment", "channel": "ledger", "debts": [1, 2], "payment_direction": 2}, {"apply_to": [1]}, {"apply_to": [2]}, {"apply_to": [1], "payment_direction": 1}),
    Triple("US-REGF-100-RETENTION", OHIO, {"action": "purge", "channel": "records", "record": "account"}, {"last_activity_on": date(2023, 6, 10)}, {"last_activity_on": date(2023, 6, 9)}, {"last_activity_on": date(2019, 1, 1)}),
    Triple("US-REGF-30d-VENUE", OHIO, SUIT | {"consumer_residence": "a", "contract_signed_in": "b"}, {"forum": "c"}, {"forum": "b"}, {"forum": "a"}),
    Triple("UK-LATE-PAYMENT-1998", LONDON, TRADE, {CLAIMED: 4001}, {CLAIMED: 4000}, {CLAIMED: 100}),
    Triple("EU-LATE-PAYMENT-2011-7", DUBLIN, TRADE | RATE, {"claimed_rate_bp": 1001}, {"claimed_rate_bp": 1000}, {"claimed_rate_bp": 1}),
    Triple("EU-DE-LATE-PAYMENT", BERLIN, TRADE | RATE, {"claimed_rate_bp": 1101}, {"claimed_rate_bp": 1100}, {"claimed_rate_bp": 1}),
    Triple("UK-GDPR-ADM", LONDON, DECIDES, {"safeguards": FOUR[:3]}, {"safeguards": FOUR}, {"safeguards": [], "human_review": "meaningful"}),
    Triple("PCI-DSS", OHIO, {}, {"pan_display": "full"}, {"pan_display": "first6_last4"}, {"pan_display": "none"}),
    Triple("HOUSE-LAST-RESORT", BERLIN, {"action": "place_for_collection", "channel": "portfolio"}, {"notices": one(kind="last_resort", on=date(2026, 6, 10), at="2026-05-20T10:00Z")}, {"notices": one(kind="last_resort", on=date(2026, 6, 9), at="2026-05-20T10:00Z")}, {"action": "contact", "channel": "email"}),
    Triple("HOUSE-WORDING", LONDON, {}, {"claims": ["court"]}, {"claims": ["court"], "action_intended": True}, {"claims": ["balance"]}),
)  # fmt: skip
