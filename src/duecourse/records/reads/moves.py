"""What moved a debt, in the order it was booked: the ledger's legs as the rules of money read them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from duecourse.core.money.order import Move

_SQL = """
SELECT l.debt_id, e.booked_date, e.kind, l.amount_minor
  FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
 WHERE l.shard = %s AND l.debt_id = ANY(%s) AND l.account = 'receivable' ORDER BY e.booked_date, e.id, l.id
"""


def moves(shard: int, debts: Sequence[int]) -> dict[int, list[Move]]:
    """debt id → its moves; minor units, above zero where they raise what is owed."""
    found: dict[int, list[Move]] = {debt: [] for debt in debts}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [shard, list(debts)])
        for debt, booked, kind, minor in cursor.fetchall():
            found[debt].append(Move(booked, kind, minor))
    return found


def on_time_in_a_row(shard: int, customer_id: int) -> int:
    """How many invoices in a row, the newest first, were settled by their due date."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT closed_date <= due_date FROM debt WHERE shard = %s AND customer_id = %s AND closed_date IS NOT NULL"
            " ORDER BY closed_date DESC, id DESC LIMIT 50",
            [shard, customer_id],
        )
        count = 0
        for (on_time,) in cursor.fetchall():
            if not on_time:
                break
            count += 1
        return count
