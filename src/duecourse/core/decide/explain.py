"""The words of a decision: for staff, with numbers; the codes are those of `decide`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "nothing_open": "Nothing is open",
    "not_due": "Nothing is due yet",
    "step_done": "This step was sent already; the next one is not due yet",
    "too_small": "Less is due than we write about",
    "payment_pending": "A payment is under way; we wait for its answer",
    "credit_covers": "Money has arrived that is not matched yet and would cover what is due",
    "message_waiting": "A message is already waiting to go out",
    "wrote_lately": "We wrote a few days ago; what is due since then goes into the next message",
    "likely_alone": "Likely to pay without a word from us: reminders wait a few days",
    "promised": "There is a promise to pay, and its date has not passed",
    "no_contact_point": "We have no address to write to: a person has to find one",
    "opted_out": "The customer asked us not to write to any address we have",
    "sequence_finished": "All steps were sent and it is still open: a person decides what is next",
    "step_reached": "The next step of the playbook is due",
    "instalment_settled": "The payment of the plan has come, or nothing is to be said about it just now",
    "hold:debts": "Every open debt is on hold",
    "facts_in_doubt": "What we know contradicts itself: a person looks first",
    "rule:SCOPE-UNCOVERED": "The law of this place is not in the rulebook: a person decides",
    "rule:SCOPE-NO-LOCATION": "No usable place of the customer is known: a person finds out",
}

_SEGMENTS = {
    "large": "Owes at least the large amount of the playbook",
    "new": "Fewer than three invoices settled with us, so we assume no habit",
    "usually_late": "Usually pays more than three days late",
    "good_payer": "Usually pays within three days of the due date",
}


def headline(why: str) -> str:
    """One sentence for a reason code.

    >>> headline("hold:dispute")
    'On hold: dispute'
    >>> headline("rule:HOUSE-BUDGET")
    'A rule says no: HOUSE-BUDGET'
    """
    if why in _WORDS:
        return _WORDS[why]
    kind, _, what = why.partition(":")
    return {"hold": f"On hold: {what.replace('_', ' ')}", "rule": f"A rule says no: {what}"}.get(kind, why)


def segment_words(segment: str, *, placed: bool = False) -> str:
    """Why a customer is in a segment.

    >>> segment_words("large", placed=True)
    'A person chose “large” for this customer'
    """
    return f"A person chose “{segment.replace('_', ' ')}” for this customer" if placed else _SEGMENTS[segment]


def reasons(row: Mapping[str, Any], *, steps: tuple[str, ...]) -> list[dict[str, Any]]:
    """Up to three reasons with a weight of 1 to 3, the strongest first, from a row of the decision frame."""
    first = headline(row["why"])
    if row["why"] == "step_reached":
        late = row["oldest"]
        when = f"{late} days past due" if late > 0 else "due today" if late == 0 else f"due in {-late} days"
        first = f"Step “{steps[row['step'] - 1]}” is reached: the oldest is {when}"
    found = [
        {"text": first, "weight": 3},
        {"text": segment_words(row["segment"], placed=row.get("placed", False)), "weight": 2},
    ]
    if row.get("moved", 0) < 0 and row["why"] == "step_reached":
        found.append({"text": "Likely to pay late: a friendly word before the due date", "weight": 2})
    if row["habit"] is not None:
        days = round(row["habit"])
        habit = f"{days} days late" if days > 0 else "on time" if days == 0 else f"{-days} days early"
        found.append({"text": f"Half of {row['settled']} settled invoices were paid {habit} or sooner", "weight": 1})
    elif row["open_debts"]:
        found.append({"text": f"{row['open_debts']} open, {row['overdue_debts']} of them overdue", "weight": 1})
    return found[:3]
