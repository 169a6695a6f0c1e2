"""Our own law cases, in the exam's format, written short: what is not said is the exam's CLEAN consumer in Ohio."""

from __future__ import annotations

from typing import Any

OHIO = {"source": "residential_address", "value": "Columbus OH 43215", "tz": "America/New_York"}
SYDNEY = {"source": "residential_address", "value": "Sydney NSW 2000", "tz": "Australia/Sydney"}
LEEDS = {"source": "residential_address", "value": "Leeds LS1 4AP, England", "tz": "Europe/London"}
PLACES = {"US-FED": OHIO, "AU": SYDNEY, "UK": LEEDS}
COLLECTORS = {"US": "third_party", "AU": "collector", "UK": "fca_authorised_firm", "EU": "creditor"}
EMAIL_NOTICE = {"optout_notice": "Click here to opt out of further emails to this email address.", "optout_link": True}
SMS_NOTICE = {"optout_notice": "Reply STOP to stop texts to this telephone number."}
ITEMS = [
    "18e", "collector_name_address", "consumer_name_address", "creditor_itemization_date", "account_number", "current_creditor",
    "itemization_date", "amount_on_itemization_date", "itemization", "current_amount", "validation_end_date_dispute",
    "validation_end_date_original_creditor", "validation_end_date_assumed_valid", "cfpb_url", "dispute_prompts",
    "original_creditor_prompt", "mailing_block",
]  # fmt: skip


def place(value: str, tz: str, source: str = "residential_address") -> dict[str, str]:
    """One location."""
    return {"source": source, "value": value, "tz": tz}


def event(what: str, at: str, /, **more: Any) -> dict[str, Any]:
    """One event."""
    return {"type": what, "at": at, **more}


def calls(
    *times: str, debts: tuple[str, ...] = ("D1",), result: str = "no_answer", **more: Any
) -> list[dict[str, Any]]:
    """Placed calls to the consumer."""
    return [event("call_out", at, to="P1", debt_ids=list(debts), result=result, **more) for at in times]


def case(
    name: str, expect: str, at: str, channel: str = "phone_call", *, not_before: str | None = None, **more: Any
) -> dict[str, Any]:
    """A whole case. Keys: law (jurisdiction), locations, collector, person, debts, consents, events, facts, to, about, action, content."""
    law = more.get("law", "US-FED")
    kind = more.get("collector", COLLECTORS.get(law[:2], "creditor"))
    person = {
        "id": "P1",
        "role": "consumer",
        "language": "en",
        "locations": more.get("locations", [PLACES.get(law, OHIO)]),
    }
    debt = {"id": "D1", "kind": "credit_card", "purpose": "consumer", "status": "open"}
    return {
        "id": name, "rule": more.get("rule", ""), "jurisdiction": law,
        "given": {
            "baseline": "CLEAN", "collector": {"type": kind} if isinstance(kind, str) else kind, "person": person | more.get("person", {}),
            "debts": [debt | each for each in more.get("debts", [{}])], "consents": more.get("consents", []), "events": more.get("events", []),
            "facts": more.get("facts", {}),
        },
        "proposed": {
            "action": more.get("action", "contact"), "channel": channel, "to": more.get("to", "P1"), "debt_ids": more.get("about", ["D1"]),
            "at": at, "content": more.get("content", {}),
        },
        "expect": expect, "not_before": not_before, "grade": more.get("grade", "strict"),
    }  # fmt: skip
