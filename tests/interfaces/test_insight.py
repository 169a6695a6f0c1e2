"""The dashboard: what was counted is what is shown, each creditor sees its own, and every number opens to its rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from duecourse.actions.count_figures import count_figures
from duecourse.core.measure.figures import figures
from duecourse.interfaces.figure_words import worded
from duecourse.records.measures import count
from duecourse.records.models import Membership
from duecourse.records.tenancy import scope
from tests.conftest import Book
from tests.core.measure.random_book import TODAY, random_book
from tests.interfaces.write_random_book import write_book

NOW = datetime.combine(TODAY, datetime.min.time(), UTC).replace(hour=12)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DUECOURSE_NOW", NOW.isoformat())
    yield


def _signed_in(creditor: int | None = None) -> Client:
    """The owner, or a person who works for one creditor."""
    people = get_user_model().objects
    person = people.create_user(username=f"p{creditor}", email=f"p{creditor}@x.example", is_superuser=creditor is None)
    if creditor is not None:
        with scope("all"):
            Membership.objects.create(user=person, creditor_id=creditor, created_at=NOW)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_page_shows_what_kpi_counts(book: Book) -> None:
    write_book(random_book(7, customers=30), "Seven")
    assert count_figures(now=NOW)
    counted = figures(count(as_of=TODAY), TODAY)
    client = _signed_in()
    for currency, values in counted.items():
        page = _text(client, f"/desk/insight/?currency={currency}")
        assert f"Seven, {currency} book. Counted just now" in page
        for key, unit in (("open_amount", "money"), ("overdue_amount", "money"), ("dso_simple_90", "days")):
            assert worded(values[key], unit, currency) in page.replace("&#x27;", "'")
        assert page.count("<svg") > 8
        pictures = re.findall(r"<svg [^>]*>", page[page.index("<main") :])
        assert all("aria-label=" in p or "aria-hidden=" in p for p in pictures)
        assert "style=" not in page


def test_every_number_opens_to_its_rows(book: Book) -> None:
    write_book(random_book(8, customers=30), "Eight")
    count_figures(now=NOW)
    client = _signed_in()
    page = _text(client, "/desk/insight/?currency=GBP")
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/desk/insight/[^"]+\.csv[^"]*)"', page)}
    assert len(links) >= 14
    found = {link: _rows(_text(client, link)) for link in links}
    values = figures(count(as_of=TODAY), TODAY)["GBP"]
    opened = found["/desk/insight/rows/open.csv?currency=GBP"]
    assert sum(int(row["open"]) for row in opened) == values["open_amount"]
    assert len(opened) == values["open_count"]
    assert all(row["customer_ref"] and row["invoice"] for row in opened)
    chased = found["/desk/insight/rows/contacts.csv?currency=GBP"]
    assert len(chased) == values["contacts"]
    ageing = found["/desk/insight/ageing.csv?currency=GBP"]
    assert sum(round(float(row["Amount"]) * 100) for row in ageing) == values["open_amount"]


def test_a_person_sees_only_the_creditors_they_work_for(book: Book) -> None:
    one, two = write_book(random_book(1, customers=25), "One"), write_book(random_book(2, customers=25), "Two")
    count_figures(now=NOW)
    own = figures(count(as_of=TODAY, creditors=[one]), TODAY)
    client = _signed_in(one)
    page = _text(client, "/desk/insight/?currency=GBP")
    assert "Two" not in page
    assert worded(own["GBP"]["open_amount"], "money", "GBP") in page
    assert client.get(f"/desk/insight/?creditor={two}").status_code == 404
    assert client.get(f"/desk/insight/rows/open.csv?currency=GBP&creditor={two}").status_code == 404
    rows = _rows(_text(client, "/desk/insight/rows/open.csv?currency=GBP"))
    assert sum(int(row["open"]) for row in rows) == own["GBP"]["open_amount"]


def test_all_creditors_and_one_of_them(book: Book) -> None:
    one, _ = write_book(random_book(1, customers=25), "One"), write_book(random_book(2, customers=25), "Two")
    count_figures(now=NOW)
    client = _signed_in()
    whole, own = figures(count(as_of=TODAY), TODAY), figures(count(as_of=TODAY, creditors=[one]), TODAY)
    assert worded(whole["GBP"]["open_amount"], "money", "GBP") in _text(client, "/desk/insight/?currency=GBP")
    assert worded(own["GBP"]["open_amount"], "money", "GBP") in _text(
        client, f"/desk/insight/?currency=GBP&creditor={one}"
    )


def test_looking_changes_no_row_and_asks_for_a_sign_in(book: Book) -> None:
    write_book(random_book(3), "Three")
    count_figures(now=NOW)
    client = _signed_in()
    before = _fingerprint(book)
    for address in (
        "/desk/insight/",
        "/desk/insight/figures.csv?currency=GBP",
        "/desk/insight/rows/open.csv?currency=GBP",
    ):
        _text(client, address)
        assert Client().get(address).status_code == 302
        assert client.post(address).status_code == 405
    assert _fingerprint(book) == before
    assert client.get("/desk/insight/rows/secrets.csv?currency=GBP").status_code == 404
    assert client.get("/desk/insight/nothing.csv?currency=GBP").status_code == 404


def test_an_empty_book_says_what_will_be_here(book: Book) -> None:
    assert not count_figures(now=NOW)
    client = _signed_in()
    assert "Nothing is counted yet" in _text(client, "/desk/insight/")
    write_book(random_book(3), "Three")
    assert "Nothing is counted yet" in _text(client, "/desk/insight/")


def test_it_is_counted_again_when_something_changed_and_not_before(book: Book) -> None:
    write_book(random_book(3), "Three")
    assert count_figures(now=NOW)
    assert not count_figures(now=NOW + timedelta(minutes=5))
    write_book(random_book(4), "Four")
    assert not count_figures(now=NOW + timedelta(seconds=2))
    assert count_figures(now=NOW + timedelta(minutes=5))
    assert count_figures(now=NOW + timedelta(minutes=21))
    with psycopg.connect(book.owner_uri) as owner:
        days = owner.execute("SELECT count(DISTINCT as_of) FROM day_tally WHERE creditor_id IS NULL").fetchone()
        twice = owner.execute(
            "SELECT 1 FROM day_tally GROUP BY creditor_id, as_of, currency HAVING count(*) > 1"
        ).fetchall()
    assert days == (13,)
    assert not twice


def _fingerprint(book: Book) -> list[Any]:
    with psycopg.connect(book.owner_uri) as owner:
        tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        kept = [t for (t,) in tables if t != "django_session"]
        return [
            (
                t,
                owner.execute(
                    f"SELECT count(*), md5(string_agg(x::text, '' ORDER BY x::text)) FROM \"{t}\" x"
                ).fetchone(),
            )
            for t in kept
        ]
