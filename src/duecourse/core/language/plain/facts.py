"""What a sentence says that must not be lost when it is replaced: amount, date, way to pay, invitation to ask."""

from __future__ import annotations

import re

from duecourse.core.language.plain.demand import AMOUNT, deadlines, has_way_to_pay, offers_help
from duecourse.core.language.plain.prose import LINK

_REFERENCE = re.compile(
    r"\b(?:invoice|bill|account|order|reference|ref)\s*(?:no\.?|number|#)?\s*:?\s*([A-Z]{0,5}[-/ ]?\d[\w/-]*)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w/])\+?\d[\d ()-]{6,}\d\b")
_HASTY = re.compile(r"hour|minute|midnight|today|tonight|tomorrow|noon|days|month|week|\be[o]", re.IGNORECASE)


def plain_facts(sentence: str) -> list[str]:
    """The sentence's facts, one short sentence each.

    >>> plain_facts("You must settle invoice 12 for £50 by 3 June at https://pay.example/1 or else.")
    ['This is about invoice 12.', 'The amount is £50.', 'Please pay by 3 June.', 'You can pay here: https://pay.example/1']
    """
    found = []
    if reference := _REFERENCE.search(sentence):
        found.append(f"This is about {reference.group(0)[0].lower()}{reference.group(0)[1:]}.")
    if amount := AMOUNT.search(sentence):
        found.append(f"The amount is {amount.group().rstrip(' .,')}.")
    if dates := deadlines(sentence):
        # "Within 2 hours" or "tonight" is the haste that had to go: the letter's own date stands in.
        calm = [day for day in dates if not _HASTY.search(day)]
        found.append(f"Please pay by {calm[-1] if calm else '{{ due_by }}'}.")
    found += way_of(sentence)
    if offers_help(sentence):
        found.append("Reply if you need more time.")
    return found


def way_of(sentence: str) -> list[str]:
    """How to pay, as the sentence has it."""
    links = [link.group().rstrip(".,;)") for link in LINK.finditer(sentence)]
    if links:
        return [f"You can pay here: {links[0]}"]
    if phone := _PHONE.search(AMOUNT.sub(" ", sentence)):
        return [f"You can pay by phone on {phone.group().strip()}."]
    return ["You can pay here: {{ pay_url }}"] if has_way_to_pay(sentence) else []
