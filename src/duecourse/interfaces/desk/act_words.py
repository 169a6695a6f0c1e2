"""Acts that pass the gate, and the facts it reads, as people on the staff read them."""

from __future__ import annotations

from typing import Final

ACTS: Final = {
    "call": "Call", "email": "Email", "sms": "Text", "letter": "Letter", "voicemail": "Voicemail", "visit": "Visit",
    "portal": "Note on the page", "agency_file": "File for an agency", "sale": "Sale of the debt", "transfer": "Transfer",
    "credit_bureau": "Report to a credit bureau", "court": "Court step", "interest": "Interest or fee",
    "purge": "Removal of records",
}  # fmt: skip
FRAMES: Final = {
    "locations": "Where they may be", "preferences": "Times not welcome", "places": "Places not welcome",
    "consents": "Agreed to", "suppressions": "Asked us not to use", "log": "Contacts of the last month",
    "points": "About addresses", "holds": "Holds", "disputes": "Disputes", "ceases": "Asked to be left alone",
    "representations": "Who acts for them", "bankruptcies": "Insolvency", "breathing_spaces": "Breathing space",
    "notices": "Notices", "validations": "Notices of the debt", "number_checks": "Checks of numbers",
    "creditor_notices": "The creditor's notices", "prior_collectors": "Earlier collectors", "debts": "About debts",
    "persons": "Persons",
}  # fmt: skip
