"""Made-up merge fields, the names that a template may use, and what stands for them where a text is judged.

Each sample has every field; a text is judged with all of them, so that no branch stays unread.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from duecourse.core.law.statements import line

_LINK: Final = "https://pay.fernleigh.example/p/4TQ7/"
_DAYS: Final = {
    "en": ("Friday 4 December", "6 November 2026"), "es": ("viernes 4 de diciembre", "6 de noviembre de 2026"),
    "de": ("Freitag 4. Dezember", "6. November 2026"), "fr": ("vendredi 4 décembre", "6 novembre 2026"),
}  # fmt: skip
_MONEY: Final = {"en": "£1,284.60", "es": "1.284,60 €", "de": "1.284,60 €", "fr": "1 284,60 €"}
_CLAIM: Final = {"en": "Two plates were broken.", "es": "Dos platos llegaron rotos.", "de": "Zwei Teller waren zerbrochen.",
                 "fr": "Deux assiettes étaient cassées."}  # fmt: skip

FIELDS: Final = frozenset(
    """
creditor.name creditor.contact creditor.phone creditor.hours creditor.address creditor.place customer.name customer.salutation
debts debts.size debts.ref debts.description debts.amount debts.left debts.due_date debts.days_late total due_by tone lang dir
free_help.name free_help.line free_help.url pay_url help_url wrong_url why_url stop_url person noun nouns many what paid
paid_date reference sum due_date last_date count total_sum words credit claim answer_by offer offer_until agency caller
disclosure language_help host one_ref replies
""".split()
)
"""Merge fields. A name that is not here stops a template from being published."""


def samples(language: str) -> list[Mapping[str, Any]]:
    """One invoice of a company, several of a person, everything settled, and a collector in the United States."""
    by, on = _DAYS[language]
    debt = {
        "ref": "FK-20418",
        "description": "",
        "amount": _MONEY[language],
        "left": "",
        "due_date": on,
        "days_late": 18,
    }
    one = {
        "creditor": {"name": "Fernleigh", "contact": "Ruth Calder", "phone": "0113 496 0118", "hours": "9-17",
                     "address": "14 Tannery Row, Leeds", "place": ""},
        "customer": {"name": "Okafor Ltd", "salutation": "Maya"}, "debts": [debt], "total": _MONEY[language], "due_by": by,
        "tone": "day14", "lang": language, "person": False, "paid": _MONEY[language], "paid_date": on, "reference": "CA-3F0",
        "sum": _MONEY[language], "due_date": by, "last_date": by, "count": "3", "total_sum": _MONEY[language],
        "words": _CLAIM[language], "credit": _MONEY[language], "claim": _CLAIM[language], "answer_by": by,
        "offer": _MONEY[language], "offer_until": by, "agency": "Harbour", "caller": "Ruth", "disclosure": "",
        "language_help": "", "replies": True, "free_help": {"name": "Debtline", "line": "", "url": "https://www.businessdebtline.org/"},
        "pay_url": _LINK, **{f"{page}_url": f"{_LINK}{page}/" for page in ("help", "wrong", "why", "stop")},
    }  # fmt: skip
    described = {**debt, "description": "combi oven", "left": _MONEY[language]}
    return [
        one,
        {**one, "person": True, "debts": [described, debt]},
        {**one, "total": "", "credit": "", "count": "1", "reference": "", "debts": [described]},
        {**one, "person": True, "disclosure": line("disclosure", language)},
    ]
