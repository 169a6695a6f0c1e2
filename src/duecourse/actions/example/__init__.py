"""Load the example book: a kitchen supplier's own book and two clients of an agency, with two to three years behind."""

from __future__ import annotations

import random
from datetime import datetime
from zoneinfo import ZoneInfo

from duecourse.actions.example.cast import Payer, cast
from duecourse.actions.example.creditors import LENDERS, Lender
from duecourse.actions.example.history import Bill, history
from duecourse.actions.example.known import KNOWN
from duecourse.actions.example.known_bills import become
from duecourse.actions.example.letters import spoken
from duecourse.actions.example.stories import tell
from duecourse.actions.example.write_book import write_book
from duecourse.actions.example.write_contacts import write_contacts
from duecourse.core.decide.playbook import packaged
from duecourse.records.parties.models import Creditor
from duecourse.records.tenancy import scope

FIRST_NUMBER = 1001


def load_example(*, now: datetime, seed: int = 7) -> bool:
    """Load the example in one transaction; False where it is loaded already, or the book holds creditors of its own.

    The same seed and day give the same names, invoices and payments. Nothing in it is real: addresses end in `.example`
    and telephone numbers are those kept for fiction.
    """
    with scope("all"):
        if Creditor.objects.exists():
            return False
        for lender in LENDERS:
            _load(random.Random(f"{seed}:{lender.name}"), lender, now)  # noqa: S311  names and amounts, no secrets
    return True


def _load(dice: random.Random, lender: Lender, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(lender.timezone)).date()
    playbook = packaged()
    payers = cast(dice, lender)
    known = [k for k in KNOWN if k.lender == lender.prefix]
    books: list[tuple[Payer, list[Bill]]] = []
    number = FIRST_NUMBER
    for place, payer in enumerate(payers):
        story = known[place] if place < len(known) else None
        own = become(payer, story, today) if story else []
        bills = history(dice, payer, today, number)
        number += len(bills)
        # A known customer's open invoices are those of its story; the others are paid.
        bills = [b for b in bills if not b.open(today)] + own if story else bills
        books.append((payer, sorted(bills, key=lambda b: (b.issued, b.ref))))
    written = write_book(lender, books, now=now)
    talks = [spoken(dice, payer, bills, today, playbook) for payer, bills in books]
    write_contacts(written, talks, playbook=playbook)
    tell(dice, written, today=today, now=now)
