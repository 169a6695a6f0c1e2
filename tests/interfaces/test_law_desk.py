"""The desk's forms for the law: facts are written down in words and ended by a row; calls pass the gate; four eyes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.test import Client

from duecourse.core.facts.circumstances import KINDS
from duecourse.interfaces.desk.fact_forms import FORMS
from duecourse.records.models import Circumstance, Contact, ContactOutcome, ContactPoint, RuleOverride, Ruling
from duecourse.records.tenancy import scope
from tests import making
from tests.conftest import Book

pytestmark = pytest.mark.usefixtures("book")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DUECOURSE_NOW", NOW.isoformat())
    yield


def desk(name: str = "priya") -> Client:
    client = Client()
    client.force_login(
        get_user_model().objects.create_superuser(name, email=f"{name}@x.example", first_name=name.title()),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def debtor(**more: object) -> tuple[making.Made, ContactPoint]:
    made = making.customer(**more)
    with scope("all"):
        phone = ContactPoint.objects.create(
            shard=made.shard, creditor_id=made.creditor_id, customer_id=made.id, kind="phone", value="+44 20 7946 0100",
            created_at=NOW,
        )  # fmt: skip
    return made, phone


def at(made: making.Made, page: str = "") -> str:
    return f"/desk/c/{made.shard}/{made.id}/{page}"


ANSWERS = {
    "preferences": {"start_minute": "12:00", "end_minute": "13:30", "days": ["0", "4"]},
    "places": {"place": "work", "employer": "yes"},
    "locations": {"country": "US", "region": "", "postcode": "59901"},
    "suppressions": {"medium": "call"},
    "consents": {"kind": "email", "given_to": "collector"},
    "points": {"kind": "mobile"},
    "persons": {"relation": "spouse"},
    "representations": {"kind": "attorney", "reachable": "yes"},
    "ceases": {"kind": "cease_communication"},
    "disputes": {"kind": "dispute", "written": "yes"},
    "bankruptcies": {"kind": "filed"},
    "breathing_spaces": {"kind": "standard", "starts_on": "2026-11-20"},
    "notices": {"kind": "plan_in_development", "on": "2026-11-20"},
    "validations": {"method": "letter"},
    "number_checks": {"reassigned": "no"},
    "creditor_notices": {"sent_on": "2026-09-01", "opt_out_by_on": "2026-10-10", "complete": "yes"},
    "prior_collectors": {"position": "1", "obtained": "yes"},
    "debts": {"secured_lien": "no"},
}
SAID = {"said_by": "the customer", "source": "call", "fact_told_on": "2026-11-24"}


def test_every_kind_of_fact_has_a_form_and_is_written_down() -> None:
    assert {form.kind for form in FORMS} == set(KINDS) == set(ANSWERS)
    made, _ = debtor()
    client = desk()
    for kind, answers in ANSWERS.items():
        assert client.get(at(made, f"facts/?kind={kind}")).status_code == 200, kind
        answer = client.post(at(made, f"facts/?kind={kind}"), {**SAID, **answers})
        assert answer.status_code == 302, (kind, re.findall(r'class="error".*?</span>([^<]+)', answer.content.decode()))
    with scope("all"):
        told = {row.kind: row for row in Circumstance.objects.all()}
    assert set(told) == set(KINDS)
    assert told["preferences"].data == {"start_minute": 720, "end_minute": 810, "days": 17}
    assert told["locations"].data["jurisdiction"] == "US-MT" and told["locations"].data["tz"] == "America/Denver"
    assert {row.recorded_by for row in told.values()} == {"Priya"}
    page = client.get(at(made, "facts/")).content.decode()
    assert "On these days: Monday, Friday" in page and "Said by the customer, on the phone" in page


@pytest.mark.parametrize(
    ("kind", "answers", "words"),
    [
        ("preferences", {"start_minute": "13:00", "end_minute": "12:00"}, "ends after it begins"),
        ("preferences", {"start_minute": "noon", "end_minute": "13:00"}, "Write a time such as 09:30"),
        ("ceases", {}, "Say this too: what"),
        ("locations", {"country": "US"}, "Say the state"),
        ("locations", {"country": "Austria"}, "two letters"),
        ("locations", {"country": "GB", "tz": "Mars/Base"}, "no time zone that we know"),
        ("notices", {"kind": "objection", "on": "soon"}, "Write a date such as"),
        ("ceases", {"kind": "cease_communication", "fact_told_on": "2026-12-24"}, "The date lies ahead"),
        ("ceases", {"kind": "cease_communication", "fact_until_on": "2026-10-24"}, "ends before it begins"),
    ],
)
def test_what_cannot_be_read_says_how_to_mend_it(kind: str, answers: dict[str, str], words: str) -> None:
    made, _ = debtor()
    answer = desk().post(at(made, f"facts/?kind={kind}"), {**SAID, **answers})
    assert answer.status_code == 422 and words in answer.content.decode()
    with scope("all"):
        assert not Circumstance.objects.exists()


def test_a_fact_is_ended_by_a_further_row_and_once() -> None:
    made, _ = debtor()
    client = desk()
    client.post(at(made, "facts/?kind=suppressions"), {**SAID, "medium": "call"})
    with scope("all"):
        first = Circumstance.objects.get()
    undo = f"/desk/facts/{first.shard}/{first.id}/end/?undo=1"
    assert undo in client.get(at(made)).content.decode()
    assert client.post(undo).status_code == client.post(undo).status_code == 302
    with scope("all"):
        assert [row.ends_id for row in Circumstance.objects.order_by("id")] == [None, first.id]
    assert "What held before" in client.get(at(made, "facts/")).content.decode()


def test_nobody_changes_what_was_told() -> None:
    made, _ = debtor()
    desk().post(at(made, "facts/?kind=ceases"), {**SAID, "kind": "refusal_to_pay"})
    for change in (lambda rows: rows.update(said_by="me"), lambda rows: rows.all().delete()):
        with pytest.raises(Exception, match="permission denied"), scope("all"):
            change(Circumstance.objects)


def test_a_call_shows_its_number_only_once_it_is_counted() -> None:
    made, phone = debtor()
    client = desk()
    before = client.get(at(made)).content.decode()
    assert "tel:" not in before and at(made, "ring/") in before
    ringing = client.post(at(made, "ring/"), follow=True)
    assert 'href="tel:+442079460100"' in ringing.content.decode()
    with scope("all"):
        contact = Contact.objects.get()
        assert (contact.outcome, contact.contact_point_id, contact.debts) == ("attempted", phone.id, list(made.debts))
        assert Ruling.objects.get().contact_id == contact.id
    client.post(at(made, "call/"), {"outcome": "talked", "note": "", "begun": contact.id})
    with scope("all"):
        assert Contact.objects.count() == 1 and ContactOutcome.objects.get().conversation
    story = client.get(at(made, "?show=talk")).content.decode()
    assert "Talked to them" in story and "tel:" not in client.get(at(made, f"?begun={contact.id}")).content.decode()


def test_a_wrong_number_is_never_rung_again() -> None:
    made, phone = debtor()
    client = desk()
    client.post(at(made, "ring/"))
    with scope("all"):
        begun = Contact.objects.get().id
    client.post(at(made, "call/"), {"outcome": "wrong_number", "note": "", "begun": begun})
    with scope("all"):
        assert ContactPoint.objects.get(shard=made.shard, id=phone.id).ended_why == "wrong_person"
    assert client.post(at(made, "ring/")).status_code == 404


def test_a_held_call_names_its_rule_and_a_second_person_may_set_policy_aside() -> None:
    made, _ = debtor()
    priya, sam = desk(), desk("sam")
    for _call in range(2):
        held = priya.post(at(made, "ring/"), follow=True)
    page = held.content.decode()
    assert "HOUSE-CALL-PACE" in page and "Set the house rule aside, once" in page
    with scope("all"):
        ruling = Ruling.objects.order_by("-id").first()
    ask = f"/desk/rulings/{ruling.shard}/{ruling.id}/ask/"
    assert priya.post(ask, {"reason": "now"}).status_code == 422
    priya.post(ask, {"reason": "They asked us to ring back at once"})
    with scope("all"):
        wish = RuleOverride.objects.get()
    decide = f"/desk/second-look/{wish.shard}/{wish.id}/"
    assert "Another person answers" in priya.get("/desk/second-look/").content.decode()
    priya.post(decide, {"answer": "grant"})
    assert "tel:" not in priya.post(at(made, "ring/"), follow=True).content.decode()
    sam.post(decide, {"answer": "grant"})
    assert 'href="tel:' in priya.post(at(made, "ring/"), follow=True).content.decode()
    with scope("all"):
        last = Ruling.objects.order_by("-id").first()
        assert last.passed and last.verdict == "defer" and last.override_id == wish.id
    receipt = priya.get(f"/desk/rulings/{last.shard}/{last.id}/").content.decode()
    assert "Set aside by two people" in receipt and "They asked us to ring back at once" in receipt
    assert "tel:" not in priya.post(at(made, "ring/"), follow=True).content.decode()  # once


def test_the_law_is_never_set_aside() -> None:
    made, _ = debtor(kind="person", region="England")
    client = desk()
    client.post(at(made, "facts/?kind=disputes"), {**SAID, "kind": "dispute", "written": "yes"})
    page = client.post(at(made, "ring/"), follow=True).content.decode()
    assert "UK-CONC-7.14" in page and "It is law: " in page and "Ask a second person" not in page


def test_the_database_refuses_what_one_person_alone_would_grant(book: Book) -> None:
    made, _ = debtor()
    of = {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}
    asked = dict(
        act="call", rules=["HOUSE-BUDGET"], reason="ten letters", asked_by_id=7, asked_by="Priya", asked_at=NOW
    )
    until = NOW.replace(day=25)
    with scope("all"):
        wish = RuleOverride.objects.create(**of, **asked, until_at=until)
    decided = {"decided_by": "P", "decided_at": NOW, "granted": True}
    with pytest.raises(IntegrityError, match="four_eyes"), scope("all"):
        RuleOverride.objects.filter(id=wish.id).update(decided_by_id=7, **decided)
    with pytest.raises(IntegrityError, match="asked for first"), scope("all"):
        RuleOverride.objects.create(**of, **asked, until_at=until, decided_by_id=8, **decided)
    held = dict(
        verdict="block", passed=True, asked={}, rules=[], facts={}, places=[], rules_digest="", asked_by="P", at=NOW
    )
    with pytest.raises(IntegrityError, match="no granted override"), scope("all"):
        Ruling.objects.create(**of, **held, act="call", override_id=wish.id)
    with pytest.raises(IntegrityError, match="ruling_passed"), scope("all"):
        Ruling.objects.create(**of, **held, act="call")
    with scope("all"):
        RuleOverride.objects.filter(id=wish.id).update(decided_by_id=8, **decided)
    with pytest.raises(IntegrityError, match="stays so"), scope("all"):
        RuleOverride.objects.filter(id=wish.id).update(granted=False)
    with pytest.raises(IntegrityError, match="no granted override"), scope("all"):
        Ruling.objects.create(**of, **held, act="letter", override_id=wish.id)
    with psycopg.connect(book.app_uri) as strange:
        assert strange.execute("SELECT count(*) FROM rule_override").fetchone() == (0,)
