"""Strategies and the improvement log: asked on a page, played in the background, shown with what cannot be told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from duecourse.actions.improve import log
from duecourse.actions.play_what_if import ask, play_asked
from duecourse.actions.trials import running
from duecourse.core.decide.playbook import packaged
from duecourse.records.models import Improvement, Trial, WhatIf
from duecourse.records.reads.before_after import around
from duecourse.records.tenancy import scope
from tests import making

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("DUECOURSE_NOW", NOW.isoformat())
    return _signed_in("owner", is_superuser=True)


def _signed_in(name: str, **more: bool) -> Client:
    person = get_user_model().objects.create_user(username=name, email=f"{name}@x.example", **more)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_question_is_asked(client):
    form = {"now": "plain@1", "new": "polite@2", "customers": "500", "days": "120", "seeds": "1"}
    asked = client.post("/desk/insight/strategies/", form)
    row = WhatIf.objects.get()
    assert asked.status_code == 302 and asked["Location"].endswith(f"/{row.id}/")
    assert (row.customers, row.days, row.total, row.state) == (500, 120, 240, "due")
    assert "working it out" in _text(client, asked["Location"])


def test_it_is_played_and_answered(client):
    books = [packaged("plain@1"), packaged("polite@2")]
    row = ask(books, customers=60, days=70, seed=1, seeds=1, by="Owner", now=NOW)
    assert play_asked(start=date(2026, 1, 5), clock=lambda: NOW) == 1
    page = _text(client, f"/desk/insight/strategies/{row.id}/")
    assert "Simulated, not a trial" in page and "Contacts" in page and '<svg class="iv"' in page
    assert "no honest number" in page  # nobody in so small a world had a plan: no figure is made up
    assert "polite@2 against plain@1" in _text(client, "/desk/insight/strategies/")
    assert play_asked(start=date(2026, 1, 5), clock=lambda: NOW) == 0


def test_a_broken_playbook_gets_words(client):
    answer = client.post("/desk/insight/strategies/", {"now": "plain@1", "new": "polite@2", "own": "steps = ["})
    assert answer.status_code == 400 and "not TOML" in answer.content.decode()
    answer = client.post("/desk/insight/strategies/", {"now": "plain@1", "new": "plain@1"})
    assert answer.status_code == 400 and "Choose two that differ" in answer.content.decode()
    assert not WhatIf.objects.exists()


TRIAL = {"name": "Plain?", "new": "plain@1", "mode": "lot", "share": "20", "review": "2027-01-15"}


def test_the_owner_starts_and_ends_a_trial(client):
    assert client.post("/desk/insight/strategies/trials/", TRIAL).status_code == 302
    trial = Trial.objects.get()
    assert running().lottery.share == 0.2
    assert "by lot for 20% of customers" in _text(client, "/desk/insight/strategies/")
    again = client.post("/desk/insight/strategies/trials/", TRIAL)
    assert again.status_code == 400 and "Another trial by lot is running" in again.content.decode()
    assert client.post(f"/desk/insight/strategies/trials/{trial.id}/end/", {"why": "Enough"}).status_code == 302
    assert running().lottery is None
    assert "Enough" in _text(client, "/desk/insight/strategies/")


@pytest.mark.parametrize(
    "wrong", [{"share": "90"}, {"review": "2020-01-01"}, {"review": "soon"}, {"mode": "all"}, {"new": packaged().label}]
)
def test_a_trial_that_cannot_be_is_refused_in_words(client, wrong):
    answer = client.post("/desk/insight/strategies/trials/", {**TRIAL, **wrong})
    assert answer.status_code == 400 and "to put right" in answer.content.decode()
    assert not Trial.objects.exists()


def test_only_the_owner_may_try(client):
    other = _signed_in("other")
    assert other.post("/desk/insight/strategies/trials/", TRIAL).status_code == 403
    assert "The owner of this installation can start one" in _text(other, "/desk/insight/strategies/")


def test_a_change_is_logged_and_looked_at_on_its_day(client, monkeypatch):
    form = {"what": "Shorter letters", "why": "Few read to the end", "figure": "collection_rate_30",
            "expected": "up by 2 points", "review": "15 jan"}  # fmt: skip
    assert client.post("/desk/insight/improvements/", {**form, "why": " "}).status_code == 400
    assert client.post("/desk/insight/improvements/", form).status_code == 302
    row = Improvement.objects.get()
    assert row.review_date == date(2027, 1, 15)
    assert "under way" in _text(client, "/desk/insight/improvements/")
    monkeypatch.setenv("DUECOURSE_NOW", datetime(2027, 1, 16, 10, tzinfo=UTC).isoformat())
    assert "look at it now" in _text(client, "/desk/insight/improvements/")
    address = f"/desk/insight/improvements/{row.id}/review/"
    assert client.post(address, {"found": "", "decided": "keep"}).status_code == 400
    assert client.post(address, {"found": "91.0 % to 92.6 %", "decided": "keep"}).status_code == 302
    page = _text(client, "/desk/insight/improvements/")
    assert "kept" in page and "91.0 % to 92.6 %" in page


def test_a_change_shows_before_and_after_by_segment_with_ends(client):
    """What fell due before the change was not paid; what fell due after it was, within ten days."""
    changed = NOW.date() - timedelta(days=75)
    for _ in range(25):
        making.customer(late=(100,))
        paid = making.customer(late=(60,))
        making.pay(paid, paid.debts[0], 10_000, booked=NOW.date() - timedelta(days=50))
    log(what="Letters", why="Clearer", figure="collection_rate_30", expected="up", changed_on=changed,
        review_date=NOW.date() + timedelta(days=9), by="Ruth", now=NOW)  # fmt: skip
    page = _text(client, "/desk/insight/improvements/")
    assert "Everybody" in page and "+100.00 pt" in page and "higher" in page
    with scope("all"):
        told = around(changed, as_of=NOW.date())
    assert told.filter("after")["outcome"].to_list() == [1.0] * 25
    assert told.filter(~pl.col("after"))["outcome"].to_list() == [0.0] * 25
