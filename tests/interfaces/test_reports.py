"""The reports: every finding has its table and CSV, ten questions are two clicks away, and each person sees their own."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from duecourse.actions.count_figures import count_figures
from duecourse.actions.foresee import foresee
from duecourse.actions.mail_dashboard import ask, mail_dashboards
from duecourse.core.decide.playbook import packaged
from duecourse.core.money.currency import exponent
from duecourse.interfaces.insight.letter import letter
from duecourse.interfaces.insight.questions import QUESTIONS
from duecourse.interfaces.insight.report_page import REPORTS
from duecourse.records.models import Creditor, Membership
from duecourse.records.tenancy import scope
from tests.conftest import Book
from tests.core.measure.random_book import TODAY, random_book
from tests.interfaces.write_random_book import write_book

NOW = datetime.combine(TODAY, datetime.min.time(), UTC).replace(hour=12)


@pytest.fixture
def counted(book: Book, monkeypatch: pytest.MonkeyPatch) -> int:
    """A random book, foreseen and counted."""
    monkeypatch.setenv("DUECOURSE_NOW", NOW.isoformat())
    creditor = write_book(random_book(3, customers=25), "Three")
    foresee(at=NOW, as_of=TODAY, playbook=packaged(), approved=lambda c: None)
    count_figures(now=NOW)
    return creditor


def _signed_in(creditor: int | None = None) -> Client:
    person = get_user_model().objects.create_user(
        username=f"p{creditor}", email=f"p{creditor}@x.example", is_superuser=creditor is None
    )
    if creditor is not None:
        with scope("all"):
            Membership.objects.create(user=person, creditor_id=creditor, created_at=NOW)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_report_has_a_table_and_a_csv_for_each_finding(counted: int) -> None:
    client = _signed_in()
    tables = 0
    for report in REPORTS:
        page = _text(client, f"/desk/insight/report/{report}/?currency=GBP")
        found = re.findall(rf'href="(/desk/insight/report/{report}/[^"]+csv[^"]*)"', page)
        own = set(found) | set(re.findall(r'href="(/desk/insight/rows/[^"]+csv[^"]*)"', page))
        assert found, report
        for address in own:
            answer = client.get(address.replace("&amp;", "&"))
            assert answer["Content-Type"].startswith("text/csv"), address
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            rows = list(csv.reader(io.StringIO(content.decode())))
            assert all(len(row) == len(rows[0]) for row in rows)
            tables += 1
    assert tables >= 18
    assert client.get("/desk/insight/report/cash/nothing.csv").status_code == 404
    assert client.get("/desk/insight/report/nothing/").status_code == 404


def test_ten_questions_are_two_clicks_from_the_desk(counted: int) -> None:
    client = _signed_in()
    first = re.search(r'href="(/desk/insight/)"', _text(client, "/desk/"))
    assert first
    dashboard = _text(client, first[1])
    asked = dict(re.findall(r'<li><a href="([^"]+)">([^<]+\?)</a></li>', dashboard))
    assert sorted(asked.values()) == sorted(question for question, *_ in QUESTIONS)
    assert len(asked) == 10
    for address in asked:
        path, _, finding = address.partition("#")
        page = _text(client, path)
        assert not finding or f'id="{finding}"' in page, address


def test_a_person_of_one_creditor_sees_its_own_numbers_only(counted: int) -> None:
    theirs = write_book(random_book(9, customers=30), "Nine")
    count_figures(now=NOW + timedelta(minutes=30), force=True)
    mine = _signed_in(theirs)
    for report in REPORTS:
        assert mine.get(f"/desk/insight/report/{report}/?creditor={counted}").status_code == 404
    both, own = (_text(c, "/desk/insight/report/causes/causes.csv?currency=GBP") for c in (_signed_in(), mine))
    amount = lambda text: sum(float(r[3]) for r in list(csv.reader(io.StringIO(text)))[1:])  # noqa: E731
    assert 0 < amount(own) < amount(both)
    assert mine.get(f"/desk/insight/books/?creditor={counted}").status_code == 404


def test_looking_needs_a_sign_in_and_an_empty_book_says_so(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUECOURSE_NOW", NOW.isoformat())
    client = _signed_in()
    for address in [*(f"/desk/insight/report/{r}/" for r in REPORTS), "/desk/insight/costs/", "/desk/insight/books/"]:
        assert Client().get(address).status_code == 302
        _text(client, address)
    assert "No file of your books" in _text(client, "/desk/insight/books/")


def test_a_page_refreshes_itself_only_where_somebody_asked(counted: int) -> None:
    client = _signed_in()
    assert 'http-equiv="refresh"' not in _text(client, "/desk/insight/")
    for address in ("/desk/insight/?live=on", "/desk/insight/report/team/?live=on"):
        page = _text(client, address)
        assert '<meta http-equiv="refresh" content="30">' in page and "Stop refreshing" in page


def test_costs_are_edited_by_creditor_and_weigh_in_figures_and_offers(counted: int) -> None:
    from duecourse.actions.offer_policy import policy_of
    from duecourse.actions.set_costs import costs_of

    client = _signed_in()
    page = _text(client, "/desk/insight/costs/")
    assert "Winning a customer costs so many times" in page and 'value="5"' in page
    form = {
        "email": "0.02",
        "sms": "0.08",
        "letter": "1.30",
        "phone": "0",
        "task_minutes": "9",
        "hour": "30",
        "times": "7",
        "keeping_cost": "50",
    }
    assert client.post(f"/desk/insight/costs/?creditor={counted}", {**form, "times": "x"}).status_code == 422
    assert client.post(f"/desk/insight/costs/?creditor={counted}", {**form, "hour": "lots"}).status_code == 422
    assert client.post(f"/desk/insight/costs/?creditor={counted}", form).status_code == 302
    with scope("all"):
        assert policy_of(counted).worth == 7 * 5000
        assert costs_of(counted) == {"email": 2, "sms": 8, "letter": 130, "phone": 0, "task_minutes": 9, "hour": 3000}


def test_the_dashboard_goes_by_mail_to_who_asked_once(counted: int) -> None:
    client = _signed_in()
    assert client.post("/desk/insight/mail/", {"every": "hourly"}).status_code == 400
    user = get_user_model().objects.get()
    send = lambda day: mail_dashboards(  # noqa: E731
        lambda u: letter(u, now=NOW, base_url="https://d.example"), today=day, sender="d@x.example"
    )
    assert send(TODAY) == 0, "nobody gets it without asking"
    assert client.post("/desk/insight/mail/", {"every": "week"}).status_code == 302
    assert (send(TODAY), send(TODAY), send(TODAY + timedelta(days=7))) == (1, 0, 1)
    first = mail.outbox[0]
    assert first.to == [user.email] and "GBP" in first.body and "https://d.example/desk/insight/" in first.body
    assert "Customer 1" not in first.body
    ask(user, "", now=NOW)
    assert send(TODAY + timedelta(days=30)) == 0


def test_reporting_views_hold_no_names_and_the_application_cannot_read_them(counted: int, book: Book) -> None:
    with psycopg.connect(book.owner_uri) as owner:
        views = [
            v
            for (v,) in owner.execute(
                "SELECT viewname FROM pg_views WHERE schemaname = 'reports' ORDER BY 1"
            ).fetchall()
        ]
        columns = {
            c
            for (c,) in owner.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'reports'"
            ).fetchall()
        }
        assert len(views) == 11
        assert not columns & {
            "name",
            "ref",
            "customer",
            "customer_ref",
            "address",
            "email",
            "phone",
            "text",
            "summary",
            "closed_by",
        }
        for view in views:
            owner.execute(f"SELECT * FROM reports.{view} LIMIT 1").fetchall()
        (open_,) = owner.execute(
            "SELECT sum(open) FROM reports.invoices WHERE currency = 'GBP' AND open > 0"
        ).fetchone()  # type: ignore[misc]
        (minor,) = owner.execute(
            "SELECT sum(open_minor) FROM debt WHERE currency = 'GBP' AND open_minor > 0"
        ).fetchone()  # type: ignore[misc]
        assert open_ * 100 == minor
        for currency in ("GBP", "JPY", "KWD", "CLF", "XAF"):
            (major,) = owner.execute("SELECT reports.major(12345, %s)", [currency]).fetchone()  # type: ignore[misc]
            assert major * 10 ** exponent(currency) == 12345
    with psycopg.connect(book.app_uri) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SELECT * FROM reports.invoices")
    with scope("all"):
        assert Creditor.objects.count() == 1


def test_a_reporting_tool_reads_the_views_and_nothing_else(counted: int) -> None:
    from click.testing import CliRunner

    from duecourse.interfaces.cli import main

    address = CliRunner().invoke(main, ["reports"], catch_exceptions=False).stdout.strip()
    with psycopg.connect(address) as tool:
        assert tool.execute("SELECT count(*) FROM reports.invoices").fetchone()[0] > 10  # type: ignore[index]
    for wrong in (
        "SELECT * FROM public.customer",
        "SELECT * FROM public.debt",
        "CREATE TABLE reports.x ()",
        "SELECT nextval('ids')",
    ):
        with (
            psycopg.connect(address) as tool,
            pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)),
        ):
            tool.execute(wrong)
    assert "Closed" in CliRunner().invoke(main, ["reports", "--close"]).output
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        psycopg.connect(address)
