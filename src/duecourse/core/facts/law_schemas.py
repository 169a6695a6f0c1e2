"""Columns of every frame the contact gate reads. See `law.LawFacts` for the rules that hold for all of them."""

from __future__ import annotations

import polars as pl

from duecourse.core.facts.law_candidates import CHANNEL

INT, TEXT, FLAG, DAY = pl.Int64(), pl.String(), pl.Boolean(), pl.Date()
INSTANT = pl.Datetime("us", "UTC")

SPAN = {"at": INSTANT, "until": INSTANT}
WHO = {"customer": INT, "person": INT}
DEBT = {"customer": INT, "debt": INT}

SCHEMAS: dict[str, pl.Schema] = {
    name: pl.Schema(columns)
    for name, columns in {
        # Where the customer may be. Several rows = all are possible. The first row's zone is the one days are counted
        # in.
        # jurisdiction: "US-OH", "US-NY-NYC", "UK", "UK-SCT", "AU-WA", "EU-DE"; source: residential_address,
        # mobile_area_code …
        "locations": {**WHO, "source": TEXT, "tz": TEXT, "jurisdiction": TEXT, **SPAN},
        # Times that are inconvenient: [start_minute, end_minute) of the local day (1440 = midnight), on `days`
        # (bit 0 = Monday; null = every day), between two local dates (inclusive). told: who said so.
        "preferences": {
            **WHO,
            "days": INT,
            "start_minute": INT,
            "end_minute": INT,
            "from_on": DAY,
            "until_on": DAY,
            "told": TEXT,
            **SPAN,
        },
        # Places that are inconvenient: "home", "work". employer: the employer forbids it (12 CFR 1006.6(b)(3)).
        "places": {**WHO, "place": TEXT, "employer": FLAG, "told": TEXT, **SPAN},
        # kind: call, time, sms, email, third_party, electronic, esign, tcpa, ny_email, court. given_to: collector,
        # creditor, prior_collector.
        # on_on: only on that day; start_minute/end_minute: only in that window; compliant false: asked for in an
        # inconvenient contact.
        # For third_party, `person` is the third party.
        "consents": {
            **WHO,
            "debt": INT,
            "kind": TEXT,
            "point": TEXT,
            "given_to": TEXT,
            "compliant": FLAG,
            "on_on": DAY,
            "start_minute": INT,
            "end_minute": INT,
            **SPAN,
        },
        # "Do not use this": medium is call, sms, email, letter, portal, social, visit or any. scope: all (null) or
        # marketing.
        "suppressions": {**WHO, "medium": TEXT, "point": TEXT, "scope": TEXT, **SPAN},
        # Contacts and attempts, one row per contact per debt (debt null = about none in particular). direction: out,
        # in.
        # by_us false: another collector's. discussed: this debt was spoken of, or the talk is counted toward it.
        # counted: the contact is counted toward this debt. reply: it answered the person. asks_reply: an inbound that
        # asks for one.
        # bounced_at: notice of undeliverability came. about_debt null = yes for all but limited-content voicemail.
        "log": {
            **WHO,
            "contact": INT,
            "debt": INT,
            "channel": CHANNEL,
            "direction": pl.Enum(["out", "in"]),
            "at": INSTANT,
            "result": TEXT,
            "conversation": FLAG,
            "discussed": FLAG,
            "counted": FLAG,
            "reply": FLAG,
            "asks_reply": FLAG,
            "point": TEXT,
            "address_kind": TEXT,
            "purpose": TEXT,
            "about_debt": FLAG,
            "by_us": FLAG,
            "bounced_at": INSTANT,
        },
        # The customer is looking at our portal or app.
        "sessions": {"customer": INT, **SPAN},
        # What is known about an address. not_theirs_at: someone said it is not the consumer's, or that others read it.
        # kind: home_mailing_address, home_landline, work_landline, mobile, personal_email, employer_email …
        # basis: "6(d)(4)(i)", "6(d)(4)(ii)", "6(d)(4)(iii)" when established elsewhere.
        "points": {**WHO, "point": TEXT, "kind": TEXT, "basis": TEXT, "not_theirs_at": INSTANT, "stale": FLAG, **SPAN},
        # Reassigned-number database answers. reassigned null = no answer.
        "number_checks": {"customer": INT, "point": TEXT, "reassigned": FLAG, **SPAN},
        # Creditor's email notice, 12 CFR 1006.6(d)(4)(ii). complete: all five items of (C) were disclosed.
        "creditor_notices": {
            "customer": INT,
            "point": TEXT,
            "sent_on": DAY,
            "opt_out_by_on": DAY,
            "complete": FLAG,
            "obtained_from_consumer": FLAG,
            "used_for_account": FLAG,
            "asked_creditor_to_stop": FLAG,
            "domain_public": FLAG,
            "employer_known": FLAG,
            "opted_out_at": INSTANT,
            **SPAN,
        },
        # Earlier collectors of the debt, position 1 = the one immediately before us. obtained: by 6(d)(4)(i) or (ii).
        "prior_collectors": {
            "customer": INT,
            "point": TEXT,
            "position": INT,
            "obtained": FLAG,
            "used_email": FLAG,
            "opted_out": FLAG,
        },
        # kind: attorney, representative. reachable: name and address known or readily found. waived_at: they agreed
        # to direct
        # contact. silent_at: they did not answer within a reasonable time.
        "representations": {
            **DEBT,
            "kind": TEXT,
            "reachable": FLAG,
            "waived_at": INSTANT,
            "silent_at": INSTANT,
            **SPAN,
        },
        # Written refusal to pay or request to stop, complete on receipt (`at`).
        "ceases": {**DEBT, "kind": TEXT, **SPAN},
        # Validation information provided (`at`), 12 CFR 1006.34. returned_at: came back undeliverable.
        "validations": {**DEBT, "method": TEXT, "stated_end_on": DAY, "returned_at": INSTANT, "at": INSTANT},
        # kind: dispute, original_creditor. written: by mail, form, accepted e-medium or by hand. answered_at:
        # verification, judgment,
        # original-creditor name or reasoned duplicate notice sent (null while open). outcome: valid, not_valid (UK).
        "disputes": {
            **DEBT,
            "kind": TEXT,
            "written": FLAG,
            "grounds": TEXT,
            "answered_at": INSTANT,
            "outcome": TEXT,
            "partial": FLAG,
            **SPAN,
        },
        # kind: filed, discharged. until: dismissed or stay lifted.
        "bankruptcies": {**DEBT, "kind": TEXT, **SPAN},
        # UK debt respite. kind: standard, mental_health_crisis. starts_on: the day after register entry.
        "breathing_spaces": {**DEBT, "kind": TEXT, "starts_on": DAY, "treatment_ended_on": DAY, **SPAN},
        # Other dated notices and facts about a customer or debt. kind: nv_medical_notice, default_notice_s88,
        # hardship_notice,
        # hardship_refusal, hardship_agreed, plan_in_development, mental_capacity, refused_statute_barred,
        # objection_marketing, objection,
        # processing_restricted, identity_theft_605b, unsubscribe …
        "notices": {**DEBT, "kind": TEXT, "on": DAY, **SPAN},
        # About each debt. particular: shared number of debts that count as one (student loans under one servicing
        # account).
        "debts": {
            **DEBT,
            "kind": TEXT,
            "particular": INT,
            "status": TEXT,
            "in_default_when_obtained": FLAG,
            "limitation_expired_on": DAY,
            "statute_barred": FLAG,
            "lender_in_contact": FLAG,
            "amount_minor": INT,
            "currency": TEXT,
            "late_on": DAY,
            "interest_runs": FLAG,
            "contract_rate_bp": INT,
            "secured_lien": FLAG,
            "real_estate_secured": FLAG,
            "direct_car_loan": FLAG,
            "natural_person_commercial": FLAG,
        },
        # Persons of a customer. relation as in the candidate's `recipient`.
        "persons": {**WHO, "relation": TEXT, "died_on": DAY, "minor": FLAG},
        # House holds: kind hold, complaint, ticket, review. Half-open [at, until).
        "holds": {**DEBT, "kind": TEXT, "reason": TEXT, **SPAN},
        # Where a creditor sits (the fallback when a business customer's place is unknown) and how fresh its ledger is.
        "creditors": {"creditor": INT, "tz": TEXT, "jurisdiction": TEXT, "fresh_at": INSTANT},
        # Reference interest rates in basis points: name "boe_base", "ecb_main"; in force on that day.
        "rates": {"name": TEXT, "on": DAY, "bp": INT},
    }.items()
}
