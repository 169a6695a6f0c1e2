"""Preferences are facts that the gate sees; papers are the customer's own; what is on hold is shown with its clock."""

from __future__ import annotations

from datetime import date

from django.test import Client

from tests.actions.paying import owes, rows
from tests.conftest import Book
from tests.interfaces.test_portal_plan import agreed, entered

DUE = date(2026, 11, 6)


def test_preferences_are_kept_as_facts_and_only_changes_are_written(book: Book) -> None:
    client, link = entered(owes((128460, DUE)))
    client.post(f"{link}preferences/", {"not_by": ["call"], "not_at": ["morning"], "language": "de"})
    client.post(f"{link}preferences/", {"not_by": ["call"], "not_at": ["evening"], "language": "de"})
    facts = rows(
        "SELECT kind, data->>'medium', (data->>'start_minute')::int, ends_id IS NULL FROM circumstance ORDER BY id"
    )
    assert facts == [
        ("preferences", None, 0, True),
        ("suppressions", "call", None, True),
        ("preferences", None, None, False),
        ("preferences", None, 1020, True),
    ]
    assert rows("SELECT language FROM customer") == [("de",)]
    ticked = {
        t.value
        for part in ("ways", "parts")
        for t in getattr(client.get(f"{link}preferences/").context["page"], part)
        if t.ticked
    }
    assert ticked == {"call", "evening"}


def test_one_way_and_one_part_of_the_day_stay(book: Book) -> None:
    client, link = entered(owes((128460, DUE)))
    answer = client.post(f"{link}preferences/", {"not_at": ["morning", "afternoon", "evening"], "language": "en"})
    assert answer.status_code == 422 and "Leave one part of the day" in answer.content.decode()
    assert rows("SELECT count(*) FROM circumstance") == [(0,)]


def test_papers_are_listed_and_the_statement_is_a_pdf(book: Book) -> None:
    client, link = entered(owes((128460, DUE), (31840, DUE)))
    agreed(client, link)
    page = client.get(f"{link}papers/").content.decode()
    assert "Agreement A-" in page and "Statement" in page
    assert client.get(f"{link}papers/GBP/").content.startswith(b"%PDF")
    assert client.get(f"{link}papers/JPY/")["Location"] == f"{link}papers/"
    assert Client().get(f"{link}papers/GBP/")["Location"] == link


def test_what_is_on_hold_is_shown_with_its_clock(book: Book) -> None:
    client, link = entered(owes((128460, DUE)))
    assert "What we are looking into" not in client.get(f"{link}owed/").content.decode()
    client.post(f"{link}wrong/", {"choice": "amount", "words": "too much"})
    client.post(f"{link}help/", {"choice": "hard"})
    page = client.get(f"{link}owed/").content.decode()
    assert "We look into the amount. You have our answer by" in page
    assert "A trained person looks at what you told us" in page
