"""What an inbound message can mean (FORMATS.md, `language classify`). Several may hold at once."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Label(StrEnum):
    """The order is that of the printed answer: what must not be missed stands first."""

    VULNERABILITY = "vulnerability"
    STOP_CONTACT = "stop_contact"
    WRONG_PERSON = "wrong_person"
    INSOLVENCY = "insolvency"
    ATTORNEY = "attorney_or_represented"
    HARDSHIP = "hardship"
    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    ALREADY_PAID = "already_paid"
    PROMISE = "promise_to_pay"
    PLAN = "request_plan"
    NEVER_RECEIVED = "never_received_invoice"
    REMITTANCE = "remittance_info"
    NEW_DETAILS = "update_contact_details"
    CALLBACK = "callback_request"
    QUESTION = "question"
    OUT_OF_OFFICE = "out_of_office"
    OTHER = "other"


LEARNED: Final[tuple[Label, ...]] = tuple(label for label in Label if label is not Label.OTHER)
"""Labels with a score; `other` is what remains."""
URGENT: Final = "urgent"
"""No label but a flag: a life may be at risk, or somebody is in danger now. It is learned beside the labels."""
SCORED: Final[tuple[str, ...]] = (*LEARNED, URGENT)
"""The columns of every table of scores."""
MUST_NOT_MISS: Final = (Label.VULNERABILITY, Label.STOP_CONTACT, Label.WRONG_PERSON, Label.INSOLVENCY, Label.ATTORNEY)
"""A miss does harm, a false alarm costs a look: the sure rules decide, and the learned head adds to them."""
FORCED: Final = frozenset({*MUST_NOT_MISS, Label.OUT_OF_OFFICE})
"""Where a rule is sure, these hold whatever the head says."""
