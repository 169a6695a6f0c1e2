"""A drawn customer takes the name and the open invoices of a known one."""

from __future__ import annotations

from datetime import date, timedelta

from duecourse.actions.example.cast import Payer, slug
from duecourse.actions.example.history import Bill, Booked
from duecourse.actions.example.known import Known


def become(payer: Payer, known: Known, today: date) -> list[Bill]:
    """Changes `payer` in place and returns the open invoices of the story."""
    payer.name, payer.person, payer.kind, payer.habit = known.name, known.person, known.kind, known.habit
    payer.town = payer.lender.towns[known.town]
    payer.address = f"{len(known.name)} Mill Street, {payer.town[0]} {payer.town[3]}"
    box = slug(known.person).replace("-", ".")
    payer.email = f"{box}@{'mail' if known.kind == 'person' else slug(known.name)}.example"
    payer.phone = payer.lender.phone_pattern.format(134)
    payer.currencies = (payer.lender.currency,)
    bills = []
    for one in known.bills:
        due = today - timedelta(days=one.late)
        bill = Bill(
            one.ref, one.description, due - timedelta(days=30), due, one.currency or payer.lender.currency, one.amount
        )
        for kind, amount in (("payment", one.paid), ("credit", one.credit)):
            if amount:
                day = due + timedelta(days=10)
                bill.booked.append(Booked(kind, amount, day, day))
        bills.append(bill)
    return bills
