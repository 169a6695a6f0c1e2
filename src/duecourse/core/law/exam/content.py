"""What the proposed act says and does → candidate columns.

A key that names a content column is taken as it is. Others are recognised by what they are about (`ABOUT`), so that a case may
word a key in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from duecourse.core.facts.law_candidates import CONTENT
from duecourse.core.law.exam.dossier import Dossier, day, instant

RENAMED = {
    "language": "languages",
    "electronic_dispute_statement": "electronic_dispute_route",
    "addressee_named_individual": "addressee_named",
    "intended": "action_intended",
    "transferee_notified_of_discharge": "transferee_told_of_discharge",
    "stated_validation_end": "stated_end_on",
    "deadline_for_payment": "deadline_on",
    "instrument_date": "instrument_on",
    "deposit_notice_sent_on": "deposit_notice_on",
    "last_collection_activity_on": "last_activity_on",
}
# What a key is about → the column that is true where the key's value is (or, with "not", where it is false).
ABOUT = (
    (r"violen|harm_to", "threatens_violence"),
    (r"obscen|profan|abusive|insult", "obscene"),
    (r"debtors?_list|list_of_(?:debtors|consumers)|deadbeat", "publishes_debtor_list"),
    (r"advertis\w*_debt|debt_for_sale|advertises_sale", "advertises_debt"),
    (r"(?:looks_like|resembles|styled_as|imitates)_.*(?:court|summons|legal)", "simulates_court_document"),
    (r"(?:false|fake|assumed|other)_(?:business_|company_)?name", "false_name"),
    (r"(?:hides|conceals|withholds)_(?:identity|who|collector)", "hides_identity"),
    (r"(?:false|wrong|inflated|misstated)_(?:amount|balance|status)", "false_amount"),
    (r"public|visible_to_(?:contacts|friends|others)", "publicly_viewable"),
    (r"cvv|cvc|verification_code|security_code|sensitive_authentication", "stores_verification_code"),
    (r"script_(?:attack_)?protection|provider_confirm|psp_confirm|tpsp_attest", "script_protection"),
    (r"english", "english_included"),
    (r"mixed_.*date", "mixed_reference_dates"),
    (r"authori[sz]ed_(?:by|under)|contract_authori[sz]es|permitted_by_contract", "transfer_authorised"),
    (r"undisputed", "undisputed_part_only"),
    (r"optout_(?:fee|charge|cost|price)", "optout_price"),
    (r"optout_(?:requires|needs|asks|collects)", "optout_asks_more"),
    (r"(?:notice|purpose)_(?:given|stated|sent)|announced", "visit_announced"),
    (r"costs_(?:are_)?reasonable|reasonable_(?:recovery_)?costs", "claimed_costs_reasonable"),
    (r"misleading|pretext", "misleading_reason"),
)
ACT_KEYS = ("purpose", "in_response_to", "court_permission", "post_judgment_remedy", "address_kind")
SUCCESSION = {"merger", "acquisition", "purchase_and_assumption", "substantially_all_assets"}
REQUIRED = ("periodic_statement", "required_notice", "statutory_notice", "legally_required")


def content(
    dossier: Dossier, said: Mapping[str, Any], facts: Mapping[str, Any], person: Mapping[str, Any]
) -> dict[str, Any]:
    """Candidate columns for `content`; what cannot be typed as its column is left out."""
    columns: dict[str, Any] = {key: said[key] for key in ACT_KEYS if said.get(key) is not None}
    if said.get("formal_pleading"):
        said = {key: value for key, value in said.items() if not key.startswith("says_")}
    for key, value in said.items():
        name = RENAMED.get(key, key)
        if name in CONTENT:
            columns[name] = typed(name, value)
        elif isinstance(value, bool | str | list):
            columns |= {column: truth(value) for pattern, column in ABOUT if re.search(pattern, key)}
    columns["point"] = said.get("number") or said.get("address")
    columns |= _worked_out(said, facts, person) | _money(dossier, said, facts)
    return {key: value for key, value in columns.items() if value is not None}


def truth(value: bool | str | list[Any]) -> bool:
    """A boolean as it is; a text or list counts where it names anything but zero or none."""
    if isinstance(value, str):
        return value.strip().lower() not in ("", "0", "0.00", "none", "no", "false")
    return bool(value)


def typed(name: str, value: Any) -> Any:
    """`value` as the column's type, or None.

    >>> typed("languages", "es"), typed("obscene", "yes"), typed("deadline_on", "2026-10-01")
    (['es'], None, datetime.date(2026, 10, 1))
    """
    kind = CONTENT[name]
    if kind == pl.Boolean():
        return value if isinstance(value, bool) else None
    if kind == pl.Int64():
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if kind == pl.Date():
        return day(value) if isinstance(value, str) else value if isinstance(value, date) else None
    if kind == pl.List(pl.String()):
        many = value if isinstance(value, list) else [value]
        return None if value is None else [str(each) for each in many]
    return str(value) if kind == pl.String() and value is not None else None


def _worked_out(said: Mapping[str, Any], facts: Mapping[str, Any], person: Mapping[str, Any]) -> dict[str, Any]:
    wrong = any(re.search("erroneous|incomplete", key) and value for key, value in {**said, **facts}.items())
    named = any("employer" in key and value is True and "request" not in key for key, value in said.items())
    asked = any("request" in key and value is True for key, value in said.items())
    required = any(key.startswith(("required_by", "legally_required")) and value for key, value in said.items())
    succession = [value for value in said.values() if isinstance(value, str) and value in SUCCESSION]
    found: dict[str, Any] = {
        "consumer_financial_product": facts.get("is_consumer_financial_product"),
        "consumer_dead": bool(facts.get("consumer_deceased") or person.get("deceased_on")) or None,
        "left_for_third_party": said.get("number_known_to_belong_to", "consumer") not in ("consumer", "P1") or None,
        "bureau": "check_writing_history" if "check" in str(said.get("recipient", "")) else said.get("recipient"),
        "continues_inconvenient_call": "continue_same_call" in said.get("action_detail", "") or None,
        "required_by_law": required or said.get("purpose") in REQUIRED or None,
        "court_permission": any("court_permi" in key and value for key, value in {**said, **facts}.items()) or None,
        "post_judgment_remedy": "judgment" in said.get("purpose", "") or None,
        "names_employer_unasked": (named and not asked) or None,
        "earlier_answer_wrong": wrong or None,
        "asked_to_call_again": (asked and not named) or None,
        "transferee": succession[0] if succession else None,
        "property_in": next((v for k, v in said.items() if "property" in k and isinstance(v, str)), None),
    }
    if "itemization" in said:
        found["itemization_blank"] = any(value in ("", None) for value in said["itemization"].values())
    if isinstance(dates := said.get("reference_dates"), dict | list):
        found["mixed_reference_dates"] = len(set(dates.values() if isinstance(dates, dict) else dates)) > 1
    if "optout_notice" in said:
        found["optout_notice"] = said["optout_notice"] or ""
    if "unsubscribe" in said:
        found["unsubscribe"] = bool(said["unsubscribe"])
    if "initial_communication_at" in said:
        found["initial_communication_at"] = instant(said["initial_communication_at"])
    return {key: value for key, value in found.items() if value is not None}


def _money(dossier: Dossier, said: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "claimed_rate_bp": hundredths(said.get("claimed_interest_rate_pct")),
        "claimed_fixed_minor": hundredths(said.get("claimed_fixed_sum_gbp", said.get("claimed_fixed_sum_eur"))),
        "false_amount": _overstated(dossier, said, facts),
    }
    if "fee" in said:
        found["fee_minor"] = hundredths(said["fee"])
        found["fee_authorised"] = bool(said.get("fee_in_agreement") or said.get("fee_permitted_by_law"))
    if "apply_to" in said:
        found["apply_to"] = [dossier.debt(name) for name in said["apply_to"]]
        wish = said.get("consumer_direction")
        found["payment_direction"] = dossier.debt(wish) if wish else None
    return {key: value for key, value in found.items() if value is not None}


def _overstated(dossier: Dossier, said: Mapping[str, Any], facts: Mapping[str, Any]) -> bool | None:
    """A stated amount that differs from the ledger's, where the case gives both."""
    stated = [
        v for k, v in said.items() if re.fullmatch(r"(?:stated|claimed|demanded)_(?:amount|balance)|amount(?:_\w+)?", k)
    ]
    ledger = [v for k, v in facts.items() if re.search(r"(?:ledger|true|actual|correct)_(?:amount|balance)", k)]
    ledger = ledger or [debt["amount"] for debt in dossier.case["given"]["debts"] if debt.get("amount")]
    if not stated or not ledger:
        return None
    return hundredths(stated[0]) != hundredths(ledger[0]) or None


def hundredths(text: str | float | None) -> int | None:
    """
    >>> hundredths("11.15"), hundredths(None)
    (1115, None)
    """
    return None if text is None else round(float(text) * 100)
