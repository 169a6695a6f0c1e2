"""All records, gathered for Django."""

from duecourse.records.cases.arrangements import (
    Affordability,
    Agreement,
    Arrangement,
    ArrangementDebt,
    ArrangementEnd,
    Instalment,
    Offer,
    OfferPolicy,
)
from duecourse.records.cases.disputes import Approval, Dispute, Evidence
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
    "Affordability",
    "Agreement",
    "Approval",
    "Arrangement",
    "ArrangementDebt",
    "ArrangementEnd",
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
    "Dispute",
    "Entry",
    "Evidence",
    "Hold",
    "ImportFile",
    "Instalment",
    "Leg",
    "Membership",
    "Message",
    "Note",
    "Offer",
    "OfferPolicy",
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
