"""A seeded book of any size: three debts a customer, thirty days of contacts, some holds, promises and stops.

Debts are copied in with their open amount (as the owner, past the trigger that starts them empty), since nine million
ledger entries would only slow the loading: the day reads what the ledger's trigger would have kept. Not for use as a book.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import polars as pl
from django.db import connections

SLICE = 200_000
CREDITORS = 5
OWN_IDS = 100_000_000_000
"""Ids of the book's debts, reminders and contacts start here; what a bench writes later has smaller ones."""


def loaded() -> bool:
    """True where this database holds a book already."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM customer)")
        return bool(cursor.fetchone()[0])


def load(customers: int, *, seed: int, now: datetime, progress: Callable[[int, int], None] = lambda a, b: None) -> None:
    """Fill an empty database with a book of `customers`."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE debt DISABLE TRIGGER starts_empty")
        cursor.execute(
            "INSERT INTO creditor (id, name, trading_as, country, currency, timezone, language, address, signed_by, phone,"
            " phone_hours, email, bank_details, is_agency_client, created_at)"
            " SELECT i, 'Creditor ' || i, '', 'GB', 'GBP', 'Europe/London', 'en', '', 'Accounts', '', '', 'a@example.org', '',"
            " false, now() FROM generate_series(1, %s) i",
            [CREDITORS],
        )
        for start in range(0, customers, SLICE):
            n = min(SLICE, customers - start)
            for table, frame in _slice(start, n, seed, now).items():
                _copy(cursor, table, frame)
            progress(start + n, customers)
        cursor.execute("SELECT setval('ids', %s)", [customers * 20 + 10_000_000])
        cursor.execute("ALTER TABLE debt ENABLE TRIGGER starts_empty")
        cursor.execute("VACUUM (ANALYZE)")


def _slice(start: int, n: int, seed: int, now: datetime) -> dict[str, pl.DataFrame]:
    i = pl.int_range(start, start + n, eager=True)
    draws = iter(range(100))

    def between(low: int, high: int) -> pl.Series:
        """A whole number per row in [low, high): a hash of the row, so the same seed gives the same book."""
        return (i.hash(seed * 100 + next(draws)) % (high - low)).cast(pl.Int64) + low

    def some(share: float) -> pl.Series:
        return between(0, 10_000) < share * 10_000

    today = now.date()
    who = pl.DataFrame(
        {"shard": (i % 256).cast(pl.Int16), "creditor_id": (i % CREDITORS + 1), "customer_id": i + 1_000_000}
    )
    customer = who.select("shard", "creditor_id", pl.col("customer_id").alias("id")).with_columns(
        ref=pl.format("C{}", i),
        name=pl.format("Customer {}", i),
        kind=pl.lit("company"), salutation=pl.lit(""), language=pl.lit("en"), country=pl.lit("GB"), region=pl.lit(""),
        timezone=pl.lit(""), address=pl.lit(""), created_at=pl.lit(now),
    )  # fmt: skip
    point = who.with_columns(
        id=pl.lit(i + OWN_IDS), kind=pl.lit("email"), value=pl.format("c{}@example.org", i),
        person=pl.lit(""), role=pl.lit("accounts"), rank=pl.lit(1), created_at=pl.lit(now), ended_why=pl.lit(""),
    )  # fmt: skip
    debts = []
    for k in range(3):
        late = between(-30, 40)  # days past due today
        closed = k == 0
        paid_late = between(-5, 15)
        amount = between(1_000, 500_000)
        due = pl.lit(today) - pl.duration(days=late + 90 if closed else late)
        debts.append(
            who.with_columns(
                id=pl.lit(i * 3 + k + 2 * OWN_IDS),
                ref=pl.format("INV-{}-{}", i, k),
                kind=pl.lit("invoice"), description=pl.lit("Goods"), purchase_order=pl.lit(""),
                issued_date=due - pl.duration(days=30),
                due_date=due,
                currency=pl.lit("GBP"),
                amount_minor=amount,
                open_minor=amount * (0 if closed else 1),
                round=pl.lit(1),
                created_at=pl.lit(now),
                closed_date=pl.when(pl.lit(closed)).then(due + pl.duration(days=paid_late)),
                late=late,
            )
        )  # fmt: skip
    all_debts = pl.concat(debts)
    # What an everyday book looks like under polite@1: every step that opened before today was sent.
    had = all_debts.filter((pl.col("open_minor") > 0) & (pl.col("late") >= -2)).with_columns(
        step=pl.when(pl.col("late") > 30).then(6).when(pl.col("late") > 21).then(5).when(pl.col("late") > 14).then(4)
        .when(pl.col("late") > 7).then(3).when(pl.col("late") > 1).then(2).otherwise(1)
    )  # fmt: skip
    reminder = had.select(
        "shard", "creditor_id", "customer_id", pl.col("id") + OWN_IDS, pl.col("id").alias("debt_id"), "round", "step",
        outbox_id=pl.lit(1), channel=pl.lit("email"), void=pl.lit(False),
    )  # fmt: skip
    contact = who.with_columns(
        id=pl.lit(i + 4 * OWN_IDS), channel=pl.lit("email"), direction=pl.lit("out"), purpose=pl.lit("reminder"),
        outcome=pl.lit("sent"), team=pl.lit("collections"), summary=pl.lit(""),
        at=pl.lit(now) - pl.duration(minutes=between(60, 30 * 1440)),
    )  # fmt: skip
    hold = who.filter(some(0.02)).with_columns(
        kind=pl.lit("dispute"), reason=pl.lit(""), placed_by=pl.lit("bench"), from_at=pl.lit(now - timedelta(days=3)),
        lifted_by=pl.lit(""), lifted_why=pl.lit(""),
    )  # fmt: skip
    promise = who.filter(some(0.01)).with_columns(
        currency=pl.lit("GBP"), amount_minor=pl.lit(1000), by_date=pl.lit(today + timedelta(days=3)),
        channel=pl.lit("phone"), taken_by=pl.lit("bench"), made_at=pl.lit(now),
    )  # fmt: skip
    credit = who.filter(some(0.005)).with_columns(currency=pl.lit("GBP"), amount_minor=pl.lit(1_000_000))
    consent = who.filter(some(0.01)).with_columns(
        channel=pl.lit("email"), address=pl.lit(""), given=pl.lit(False), scope=pl.lit("reminders"), source=pl.lit("bench"),
        said_by=pl.lit(""), at=pl.lit(now - timedelta(days=9)),
    )  # fmt: skip
    outbox = who.filter((i < 256) & (pl.lit(start) == 0)).with_columns(
        id=pl.lit(1), key=pl.lit("earlier"), channel=pl.lit("email"), purpose=pl.lit("reminder"), template=pl.lit("reminder"),
        step=pl.lit("due"), context=pl.lit("{}"), state=pl.lit("sent"), due_at=pl.lit(now), created_at=pl.lit(now),
        changed_at=pl.lit(now), why=pl.lit(""),
    )  # fmt: skip
    return {
        "customer": customer, "outbox": outbox, "contact_point": point, "debt": all_debts.drop("late"), "reminder": reminder,
        "contact": contact, "hold": hold, "promise": promise, "credit": credit, "consent": consent,
    }  # fmt: skip


def _copy(cursor, table: str, frame: pl.DataFrame) -> None:  # type: ignore[no-untyped-def]
    columns = ", ".join(f'"{c}"' for c in frame.columns)
    with cursor.copy(f"COPY \"{table}\" ({columns}) FROM STDIN (FORMAT csv, NULL '\\N')") as copy:
        copy.write(frame.write_csv(None, include_header=False, null_value="\\N"))


def clear(cursor) -> None:  # type: ignore[no-untyped-def]
    """Take away what a day wrote."""
    cursor.execute("DELETE FROM reminder WHERE id < %s", [OWN_IDS])
    cursor.execute("DELETE FROM outbox WHERE run_id IS NOT NULL")
    cursor.execute("DELETE FROM decision")
    cursor.execute("DELETE FROM task")
    cursor.execute("DELETE FROM run_part")
    cursor.execute("DELETE FROM run")
