"""What the proposed act says and does → candidate columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    "property_located_in": "property_in",
    "real_property_located_in": "property_in",
}
ACT_KEYS = ("purpose", "in_response_to", "court_permission", "post_judgment_remedy", "address_kind")
BUREAUS = {"check_writing_history_cra": "check_writing_history"}
DATES = {name for name in CONTENT if name.endswith("_on")}


def content(
    dossier: Dossier, said: Mapping[str, Any], facts: Mapping[str, Any], person: Mapping[str, Any]
) -> dict[str, Any]:
    """Candidate columns for `content`. A key that names a content column is taken as it is; a few are renamed or
    worked out."""
    columns: dict[str, Any] = {key: said[key] for key in ACT_KEYS if said.get(key) is not None}
    for key, value in said.items():
        name = RENAMED.get(key, key)
        if name in CONTENT and value is not None:
            columns[name] = day(value) if name in DATES else value
    columns["point"] = said.get("number") or said.get("address")
    columns |= _worked_out(dossier, said, facts, person)
    return {key: value for key, value in columns.items() if value is not None}


def _worked_out(
    dossier: Dossier, said: Mapping[str, Any], facts: Mapping[str, Any], person: Mapping[str, Any]
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "consumer_financial_product": facts.get("is_consumer_financial_product"),
        "consumer_dead": bool(facts.get("consumer_deceased") or person.get("deceased_on")) or None,
        "left_for_third_party": bool(said.get("number_known_to_belong_to", "consumer") not in ("consumer", "P1"))
        or None,
        "bureau": BUREAUS.get(said.get("recipient", ""), said.get("recipient")),
        "fee_minor": round(float(said["fee"]) * 100) if "fee" in said else None,
        "fee_authorised": bool(said.get("fee_in_agreement") or said.get("fee_permitted_by_law"))
        if "fee" in said
        else None,
        "continues_inconvenient_call": "continue_same_call" in said.get("action_detail", "") or None,
        "claimed_rate_bp": _hundredths(said.get("claimed_interest_rate_pct")),
        "claimed_fixed_minor": _hundredths(said.get("claimed_fixed_sum_gbp", said.get("claimed_fixed_sum_eur"))),
        "required_by_law": any(
            key.startswith(("required_by", "legally_required")) and value for key, value in said.items()
        )
        or said.get("purpose") in ("periodic_statement", "required_notice", "statutory_notice")
        or None,
        "names_employer_unasked": bool(
            said.get("identifies_employer") and not said.get("employer_expressly_requested", False)
        )
        or None,
        "earlier_answer_wrong": any(
            "erroneous" in key or "incomplete" in key for key, value in {**said, **facts}.items() if value
        )
        or None,
        "asked_to_call_again": said.get("requested_by_third_party"),
    }
    if "itemization" in said:
        found["itemization_blank"] = any(value in ("", None) for value in said["itemization"].values())
    if "optout_notice" in said:
        found["optout_notice"] = said["optout_notice"] or ""
    if "unsubscribe" in said:
        found["unsubscribe"] = bool(said["unsubscribe"])
    if "initial_communication_at" in said:
        found["initial_communication_at"] = instant(said["initial_communication_at"])
    if isinstance(said.get("language"), str):
        found["languages"] = [said["language"]]
    if "apply_to" in said:
        found["apply_to"] = [dossier.debt(name) for name in said["apply_to"]]
        found["payment_direction"] = (
            dossier.debt(said["consumer_direction"]) if said.get("consumer_direction") else None
        )
    return {key: value for key, value in found.items() if value is not None}


def _hundredths(text: str | None) -> int | None:
    return None if text is None else round(float(text) * 100)
