"""Words are written by one person and published by another, never with a fault, and messages use them from then on."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from duecourse.actions import compose
from duecourse.actions.show_words import readings
from duecourse.actions.words import MayNotPublish, Person, back_to_library, publish, write_version, wrong_with
from duecourse.actions.write_letter import message_for
from duecourse.connectors.channels.words_file import names, packaged
from duecourse.records.models import Outbox, Task, WordsPublication
from duecourse.records.reads.words import published, versions
from duecourse.records.tenancy import scope
from tests import making
from tests.actions.test_send import work
from tests.making import NOW

pytestmark = pytest.mark.usefixtures("book")

ANN, BO = Person(1, "Ann"), Person(2, "Bo")
NAME = "reminder_day14"
SOURCE = packaged(NAME, "en").source
BETTER = SOURCE.replace("If paying is hard just now, please tell us.", "Is paying hard just now? Please tell us.")
WORSE = SOURCE.replace("If paying is hard just now, please tell us.", "You failed to pay, so pay at once.")


def written(source=BETTER, by=ANN):
    of = making.creditor()
    return of.id, write_version(of.id, NAME, "en", source, why="A question is kinder.", by=by, now=NOW)


def row(creditor_id):
    return {
        "template": "reminder", "step": "day14", "purpose": "reminder", "language": "en-GB", "creditor": creditor_id,
        "words": published([creditor_id]),
    }  # fmt: skip


def test_a_second_person_publishes_and_messages_use_it():
    with scope("all"):
        of, version = written()
        assert message_for(row(of)).words.source == SOURCE
        publish(of, version.id, by=BO, now=NOW)
        assert message_for(row(of)).words.source == BETTER
        assert message_for({**row(of), "creditor": of + 1}).words.source == SOURCE
        assert message_for({**row(of), "language": "de"}).words.language == "de"
        back_to_library(of, NAME, "en", by=ANN, now=NOW)
        assert message_for(row(of)).words.source == SOURCE


def test_nobody_publishes_their_own():
    with scope("all"):
        of, version = written()
        with pytest.raises(MayNotPublish, match="Somebody else"):
            publish(of, version.id, by=ANN, now=NOW)


def test_the_database_refuses_it_too():
    """The guard behind the guard: a row written past the action."""
    with scope("all"):
        of, version = written()
    with pytest.raises(IntegrityError, match="did not write"), scope("all"), transaction.atomic():
        WordsPublication.objects.create(
            creditor_id=of, name=NAME, language="en", version_id=version.id, published_by_id=ANN.id, published_by="Ann", published_at=NOW
        )  # fmt: skip


def test_versions_and_publications_are_never_changed():
    with scope("all"):
        written()
    for table in ("words_version", "words_publication"):
        for statement in (f"UPDATE {table} SET name = 'x'", f"DELETE FROM {table}"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                scope("all"),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


def test_what_has_a_fault_is_kept_and_not_published():
    with scope("all"):
        of, version = written(WORSE)
        with pytest.raises(MayNotPublish, match="cannot be published"):
            publish(of, version.id, by=BO, now=NOW)
        assert wrong_with(NAME, "en", WORSE)[0].suggestion
        assert published([of]) == {}


def test_unknown_fields_and_unreadable_words_say_where():
    assert "total_due" in wrong_with(NAME, "en", SOURCE.replace("{{ total }}", "{{ total_due }}"))[0].why
    assert "Line 3" in wrong_with(NAME, "en", "== about\npurpose: reminder\n== fax\n")[0].why


def test_the_same_words_are_one_version_and_a_reason_is_asked_for():
    with scope("all"):
        of, first = written()
        assert written(BETTER.replace("\n", "\r\n"))[1].id == first.id
        assert [v.number for v in versions(of, NAME, "en")] == [1]
        for bad in ({"why": " "}, {"name": "no_such"}, {"language": "xx"}):
            asked = {"name": NAME, "language": "en", "why": "x", **bad}
            with pytest.raises(MayNotPublish):
                write_version(of, asked["name"], asked["language"], SOURCE, why=asked["why"], by=ANN, now=NOW)


def test_another_creditor_sees_nothing_of_it():
    with scope("all"):
        of, version = written()
        other = making.creditor("Another")
    with scope([other.id]):
        assert versions(of, NAME, "en") == [] and published([of]) == {}
        with pytest.raises(MayNotPublish):
            publish(of, version.id, by=BO, now=NOW)


def test_every_message_reads_in_full_without_a_case():
    with scope("all"):
        of = making.creditor()
        for name in ("plan_check_in", "last_resort", "offer"):
            (one,) = readings(of.id, name, "fr", packaged(name, "fr").source, base_url="http://localhost", now=NOW)
            assert one.who == "A made-up customer" and one.mail and one.sms and one.call


def past_every_guard(creditor_id):
    """Words without a date, put out by a hand that went round the desk."""
    for name in (name for name in names() if name.startswith("reminder_")):
        source = packaged(name, "en").source.replace(" by {{ due_by }}", "")
        made = write_version(creditor_id, name, "en", source, why="x", by=ANN, now=NOW)
        WordsPublication.objects.create(
            creditor_id=creditor_id, name=name, language="en", version_id=made.id, published_by_id=BO.id, published_by="Bo", published_at=NOW
        )  # fmt: skip


@pytest.mark.parametrize("guard", [True, False], ids=["guarded", "canary: the last look is gone"])
def test_the_last_look_holds_words_that_lack_a_statement(tmp_path, monkeypatch, guard):
    if not guard:
        monkeypatch.setattr(compose, "_says_all", lambda letter, text: None)
    made = making.customer(late=(15,))
    with scope("all"):
        past_every_guard(made.creditor_id)
    making.run_day(tmp_path)
    work(tmp_path)
    with scope("all"):
        outbox = Outbox.objects.get()
        assert outbox.state == ("failed" if guard else "sent")
        assert not guard or ("HOUSE-CONTENT" in outbox.why and Task.objects.filter(kind="cannot_write").exists())
