"""The customer's plan without a browser: what is kept, what is refused, what a link opens."""

from __future__ import annotations

from datetime import date

from django.test import Client

from duecourse.actions.pay_link import token
from duecourse.records.models import Customer
from duecourse.records.tenancy import scope
from tests.actions.paying import owes, rows
from tests.conftest import Book

DUE = date(2026, 11, 6)


def entered(who, *, kind: str = "person") -> tuple[Client, str]:  # type: ignore[no-untyped-def]
    """A browser that has given the second fact, and the address of the link."""
    with scope("all"):
        Customer.objects.filter(shard=who.shard, id=who.customer_id).update(
            salutation="Maya", kind=kind, address="14 Tannery Row\nLeeds LS2 7EW"
        )
    client, link = Client(), f"/p/{token(who.creditor_id, who.shard, who.link_id)}/"
    answer = client.post(f"{link}plan/", {"step": "who", "known": "ls2 7ew"})
    assert answer.status_code == 302, answer.content
    return client, link


def agreed(client: Client, link: str, every: str = "month") -> str:
    """Answer everything; the address of the agreement."""
    page = client.post(f"{link}plan/", {"step": "manage", "manage": "250"})
    kept = page.context["page"].kept
    menu = client.post(f"{link}plan/", {"step": "when", "every": every, "kept": kept})
    assert menu.status_code == 302, menu.content
    ways = client.get(menu["Location"]).context["page"].ways
    terms = client.post(menu["Location"], {"way": str(ways[0].place)})
    assert client.get(terms["Location"]).status_code == 200
    done = client.post(terms["Location"])
    assert done.status_code == 302, done.content
    return str(done["Location"])


def test_questions_lead_to_an_agreement_with_its_paper_and_dates(book: Book) -> None:
    client, link = entered(owes((128460, DUE)))
    address = agreed(client, link)
    page = client.get(address)
    assert "It is agreed" in page.content.decode()
    assert client.get(f"{address}paper/").content.startswith(b"%PDF")
    dates = client.get(f"{address}dates/").content.decode()
    ((count, total),) = rows("SELECT count(*), sum(amount_minor) FROM instalment")
    assert dates.count("BEGIN:VEVENT") == count and total == 128460
    assert client.get(f"{link}plan/")["Location"] == address


def test_a_change_is_a_new_version_and_moves_what_a_calendar_has(book: Book) -> None:
    client, link = entered(owes((128460, DUE)))
    first = agreed(client, link)
    uid = client.get(f"{first}dates/").content.decode().split("UID:")[1].split("\r\n")[0]
    second = agreed(client, link, "fortnight")
    said = client.get(f"{second}dates/").content.decode()
    assert uid in said and "SEQUENCE:1" in said
    assert rows("SELECT version FROM arrangement ORDER BY version") == [(1,), (2,)]
    client.post(f"{second}end/")
    assert rows("SELECT outcome FROM arrangement_end ORDER BY id") == [("replaced",), ("stopped",)]


def test_nothing_of_a_plan_opens_without_the_second_fact_or_for_somebody_else(book: Book) -> None:
    client, link = entered(owes((128460, DUE)))
    address = agreed(client, link)
    assert Client().get(address)["Location"] == link
    assert Client().get(f"{address}paper/")["Location"] == link
    other, theirs = entered(owes((5000, DUE)))
    for tail in ("", "paper/", "dates/", "end/"):
        answer = other.get(f"{theirs}{address.removeprefix(link)}{tail}")
        assert answer["Location"] == f"{theirs}owed/", tail


def test_answers_of_another_link_are_not_taken(book: Book) -> None:
    client, link = entered(owes((128460, DUE)))
    kept = client.post(f"{link}plan/", {"step": "manage", "manage": "250"}).context["page"].kept
    other, theirs = entered(owes((5000, DUE)))
    answer = other.post(f"{theirs}plan/", {"step": "when", "every": "month", "kept": kept})
    assert answer.context["page"].step == "manage"


def test_who_told_us_that_things_are_hard_gets_the_same_choices_and_one_more(book: Book) -> None:
    client, link = entered(owes((128460, DUE)))
    hard, theirs = entered(owes((128460, DUE)))
    hard.post(f"{theirs}help/", {"choice": "hard"})
    menus = []
    for browser, address in ((client, link), (hard, theirs)):
        kept = browser.post(f"{address}plan/", {"step": "manage", "manage": "100"}).context["page"].kept
        menu = browser.post(f"{address}plan/", {"step": "when", "every": "month", "kept": kept})
        ways = browser.get(menu["Location"]).context["page"].ways
        menus.append({(w.name, w.amount, w.when) for w in ways})
    assert menus[0] < menus[1]
