"""A candidate: one act that somebody proposes toward a customer. The gate answers each on its own.

Needed columns: `candidate`, `customer`, `channel`, `at`. All others may be missing and are then null (or the default
below).
Null in a content column means "not judged yet" while planning, and "missing" once `gate(..., rendered=True)`.
"""

from __future__ import annotations

import polars as pl

CHANNELS = (
    "email",
    "sms",
    "phone_call",
    "letter",
    "portal",
    "voicemail",
    "ringless_voicemail",
    "inbound_call_response",
    "postcard",
    "visit",
    "social",
    "court_filing",
    "credit_bureau",
    "ledger",
    "portfolio",
    "records",
    "payment_instrument",
    "payment_page",
    "decision_engine",
)
CHANNEL = pl.Enum(CHANNELS)
MEDIUM = {
    "email": "email",
    "sms": "sms",
    "phone_call": "call",
    "voicemail": "call",
    "ringless_voicemail": "call",
    "inbound_call_response": "call",
    "letter": "letter",
    "postcard": "letter",
    "portal": "portal",
    "visit": "visit",
    "social": "social",
}
ACTIONS = (
    "contact",
    "file_suit",
    "file_proof_of_claim",
    "furnish",
    "sell_debt",
    "transfer_debt",
    "place_for_collection",
    "pledge_portfolio",
    "send_data_for_scrubbing",
    "apply_payment",
    "apply_interest_or_fees",
    "deposit_postdated",
    "decide",
    "purge",
    "publish_payment_page",
)
RECIPIENTS = (
    "consumer",
    "spouse",
    "parent",
    "guardian",
    "executor",
    "successor_in_interest",
    "attorney",
    "representative",
    "creditor",
    "cra",
    "third_party",
)
ACT: dict[str, pl.DataType] = {
    "candidate": pl.Int64(),  # id, unique in the frame
    "customer": pl.Int64(),
    "creditor": pl.Int64(),
    "person": pl.Int64(),  # whom the act reaches; null = the customer
    "recipient": pl.Enum(RECIPIENTS),  # what that person is to the customer; null = consumer
    "channel": CHANNEL,
    "action": pl.Enum(ACTIONS),  # null = contact
    # reminder, service, validation_notice, location_information, confirm_opt_out, send_verification …
    "purpose": pl.String(),
    "point": pl.String(),  # the address or number (or its hash); null = not chosen yet
    "address_kind": pl.String(),  # home_mailing_address, home_landline, work_landline, mobile, employer_email …
    "debts": pl.List(pl.Int64()),  # the debts it is about; empty = the customer's affairs in general
    "business": pl.Boolean(),  # true: the debt is a business's, not a consumer's; null = false
    "collector": pl.String(),  # first_party (null) or third_party, as the law of the place sees it
    "at": pl.Datetime("us", "UTC"),  # when it would go
    "in_response_to": pl.String(),  # the inbound message this answers; null = we begin
    "court_permission": pl.Boolean(),
    "post_judgment_remedy": pl.Boolean(),
    "required_by_law": pl.Boolean(),
    "safe_harbour": pl.Boolean(),  # hold to 12 CFR 1006.6(d)(3)-(5); null = the house rule decides
}
DAY, FLAG, TEXT, INT, TEXTS = pl.Date(), pl.Boolean(), pl.String(), pl.Int64(), pl.List(pl.String())
CONTENT: dict[str, pl.DataType] = {
    # What the message says
    "text": TEXT,
    "optout_notice": TEXT,
    "optout_link": FLAG,
    # Stopping costs money, or asks for more than the wish and the address.
    "optout_price": FLAG,
    "optout_asks_more": FLAG,
    "says_attempt_to_collect": FLAG,
    "says_from_debt_collector": FLAG,
    "communication_number": INT,
    "languages": TEXTS,
    "disclosure_languages": TEXTS,
    "meaningful_identity": FLAG,
    "mentions_debt": FLAG,
    "demands_payment": FLAG,
    "obscene": FLAG,
    "threatens_violence": FLAG,
    "publishes_debtor_list": FLAG,
    "advertises_debt": FLAG,
    "simulates_court_document": FLAG,
    "false_name": FLAG,
    "hides_identity": FLAG,
    "publicly_viewable": FLAG,
    "claims": TEXTS,
    "action_intended": FLAG,
    "action_lawful": FLAG,
    "signer_is_attorney": FLAG,
    "false_amount": FLAG,
    "marketing": FLAG,
    "primary_purpose": TEXT,
    "unsubscribe": FLAG,
    "physical_address": FLAG,
    "deadline_on": DAY,
    "remedy": TEXT,
    "ordinarily_invoked": FLAG,
    "undisputed_part_only": FLAG,
    "continues_inconvenient_call": FLAG,
    "envelope_text": TEXT,
    "must_qualify_as_lcm": FLAG,
    "qualifies_as_lcm": FLAG,
    "left_for_third_party": FLAG,
    "line_shared": FLAG,
    "identity_verified": FLAG,
    "discloses_debt_details": FLAG,
    "visit_announced": FLAG,
    "misleading_reason": FLAG,
    "technology": TEXT,
    "fee_minor": INT,
    "fee_authorised": FLAG,
    # Location enquiries (12 CFR 1006.10)
    "identifies_self_by_name": FLAG,
    "names_employer_unasked": FLAG,
    "asked_to_call_again": FLAG,
    "earlier_answer_wrong": FLAG,
    # Validation notices (12 CFR 1006.34)
    "items": TEXTS,
    "itemization_blank": FLAG,
    "mixed_reference_dates": FLAG,
    "stated_end_on": DAY,
    "initial_communication_at": pl.Datetime("us", "UTC"),
    "in_initial_communication": FLAG,
    "esign_consent": FLAG,
    "electronic_dispute_route": FLAG,
    "consumer_financial_product": FLAG,
    "address_known_stale": FLAG,
    "consumer_dead": FLAG,
    "addressee_named": FLAG,
    "english_included": FLAG,
    # Money claims between businesses
    "claimed_fixed_minor": INT,
    "claimed_rate_bp": INT,
    "claimed_costs_reasonable": FLAG,
    # Acts that are not contacts
    "apply_to": pl.List(pl.Int64()),
    "payment_direction": INT,
    "forum": TEXT,
    "consumer_residence": TEXT,
    "contract_signed_in": TEXT,
    "property_in": TEXT,
    "bureau": TEXT,
    "dispute_flag": FLAG,
    "transferee": TEXT,
    "for_consideration": FLAG,
    "transfer_authorised": FLAG,
    "transferee_told_of_discharge": FLAG,
    "accepted_on": DAY,
    "instrument_on": DAY,
    "deposit_notice_on": DAY,
    "record": TEXT,
    "recorded_on": DAY,
    "last_activity_on": DAY,
    "solely_automated": FLAG,
    "human_review": TEXT,
    "effect": TEXT,
    "legal_basis": TEXT,
    "safeguards": TEXTS,
    "special_category": FLAG,
    # Card data (PCI DSS)
    "asks_for_pan": FLAG,
    "pan_display": TEXT,
    "stores_verification_code": FLAG,
    "card_fields": TEXT,
    "script_protection": FLAG,
    "claimed_saq": TEXT,
}
