"""The example book: realistic, the same for the same day and seed, loaded once, and true in every proof."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import psycopg

from duecourse.actions.example import load_example
from duecourse.actions.example.cast import cast
from duecourse.actions.example.creditors import LENDERS
from duecourse.actions.example.history import history
from duecourse.records.proofs import breaches
from duecourse.records.sharded import SHARDS
from tests.conftest import Book

NOW = datetime(2026, 11, 24, 9, 14, tzinfo=UTC)
LONG_AGO = NOW.date() - timedelta(days=90)
_AT_LEAST = (
    ("creditors", 3, "creditor"),
    ("customers", 240, "customer"),
    ("people", 40, "customer WHERE kind = 'person'"),
    ("currencies", 4, "(SELECT DISTINCT currency FROM debt) x"),
    ("open", 150, "debt WHERE open_minor > 0"),
    ("overdue over 90 days", 5, f"debt WHERE open_minor > 0 AND due_date < '{LONG_AGO}'"),
    ("settled", 2000, "debt WHERE open_minor = 0"),
    ("issued two years ago", 100, f"debt WHERE issued_date < '{LONG_AGO - timedelta(days=640)}'"),
    ("paid in part", 5, "debt WHERE open_minor > 0 AND open_minor < amount_minor"),
    ("credit notes", 10, "entry WHERE kind = 'credit'"),
    ("no way to reach", 2, "customer c WHERE c.id NOT IN (SELECT customer_id FROM contact_point)"),
    ("disputes", 5, "hold WHERE kind = 'dispute'"),
    ("promises", 30, "promise"),
    ("reminders", 1000, "reminder"),
    ("two currencies", 1, "(SELECT FROM debt GROUP BY customer_id HAVING count(DISTINCT currency) > 1) x"),
)
_NONE = (
    ("bookings ahead", f"entry WHERE posted_at > '{NOW.isoformat()}' OR booked_date > '{NOW.date()}'"),
    ("addresses that could be real", r"contact_point WHERE kind = 'email' AND value !~ '\.example$'"),
    ("sign-in accounts", "auth_user"),
)


def _count(book: Book, rows: str) -> int:
    with psycopg.connect(book.owner_uri) as owner:
        return owner.execute(f"SELECT count(*) FROM {rows}").fetchone()[0]  # type: ignore[index]


def test_it_has_what_a_visitor_wants_to_see_and_loads_once(book: Book) -> None:
    assert load_example(now=NOW)
    short = {name: n for name, least, rows in _AT_LEAST if (n := _count(book, rows)) < least}
    assert not short
    assert {name: _count(book, rows) for name, rows in _NONE} == {name: 0 for name, _ in _NONE}
    assert not list(breaches(range(SHARDS)))
    legs = _count(book, "leg")
    assert not load_example(now=NOW + timedelta(days=1))
    assert _count(book, "leg") == legs


def test_a_book_with_rows_of_its_own_is_left_alone(book: Book) -> None:
    with psycopg.connect(book.owner_uri) as owner:
        owner.execute(
            "INSERT INTO creditor (name, trading_as, country, currency, timezone, language, address, signed_by, phone,"
            " phone_hours, email, bank_details, is_agency_client, created_at)"
            " VALUES ('Mine', '', 'GB', 'GBP', 'Europe/London', 'en', '', '', '', '', '', '', false, now())"
        )
    assert not load_example(now=NOW)
    assert _count(book, "customer") == 0


def _drawn(seed: int) -> list[object]:
    dice = random.Random(seed)
    return [(payer, history(dice, payer, NOW.date(), 1)) for lender in LENDERS for payer in cast(dice, lender)]


def test_the_same_seed_and_day_draw_the_same_book() -> None:
    assert _drawn(3) == _drawn(3)
    assert _drawn(3) != _drawn(4)


def test_names_of_a_creditor_are_unique() -> None:
    for lender in LENDERS:
        names = [payer.name for payer in cast(random.Random(1), lender)]
        assert len(set(names)) == len(names) == lender.customers
