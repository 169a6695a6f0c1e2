"""All records, gathered for Django."""

from duecourse.records.cases.models import Hold, Note, Promise, Task
from duecourse.records.insight.models import DayTally
from duecourse.records.journal.models import (
    Attempt,
    Contact,
    Decision,
    ImportFile,
    Message,
    Outbox,
    Receipt,
    Reminder,
    Run,
    RunPart,
    SendingMode,
)
from duecourse.records.law.models import Circumstance, ContactOutcome, RuleOverride, Ruling
from duecourse.records.ledger.models import Block, Credit, Debt, Entry, Leg, PayLink, Payment, PaymentEvent
from duecourse.records.parties.models import Consent, ContactPoint, Creditor, Customer, Membership, SignInLink

__all__ = [
    "Attempt",
    "Block",
    "Circumstance",
    "Consent",
    "Contact",
    "ContactOutcome",
    "ContactPoint",
    "Credit",
    "Creditor",
    "Customer",
    "DayTally",
    "Debt",
    "Decision",
    "Entry",
    "Hold",
    "ImportFile",
    "Leg",
    "Membership",
    "Message",
    "Note",
    "Outbox",
    "PayLink",
    "Payment",
    "PaymentEvent",
    "Promise",
    "Receipt",
    "Reminder",
    "RuleOverride",
    "Ruling",
    "Run",
    "RunPart",
    "SendingMode",
    "SignInLink",
    "Task",
]
