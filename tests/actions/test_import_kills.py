"""A hundred kills at every gap of loading: whole batches stay, nothing is half there, and the end is always the same."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from itertools import cycle

import pytest

from duecourse.actions.import_file import begin, commit
from duecourse.records.journal.models import ImportFile
from duecourse.records.ledger.models import Debt, Entry, Leg
from duecourse.records.models import ContactPoint, Creditor, Customer
from duecourse.records.tenancy import scope
from tests import making
from tests.actions import import_child
from tests.actions.import_table import many

KILLS, ROWS = 100, 120
POINTS = ("import.before_batch", "import.in_batch", "import.after_batch", "import.before_done")


def state(creditor: int) -> dict[str, object]:
    """All that an import writes, without ids."""
    with scope([creditor]):
        of = {"creditor_id": creditor}
        customers = dict(Customer.objects.filter(**of).values_list("id", "ref"))
        debts = dict(Debt.objects.filter(**of).values_list("id", "ref"))
        return {
            "customers": sorted(customers.values()),
            "points": sorted(ContactPoint.objects.filter(**of).values_list("value", flat=True)),
            "debts": sorted(Debt.objects.filter(**of).values_list("ref", "amount_minor", "open_minor", "due_date")),
            "entries": sorted(
                k.split(":")[-1] + kind for k, kind in Entry.objects.filter(**of).values_list("key", "kind")
            ),
            "legs": sorted(
                (leg.account, leg.amount_minor, debts.get(leg.debt_id, ""), customers[leg.customer_id])
                for leg in Leg.objects.filter(**of)
            ),
        }


def assert_whole(creditor: int, rows: int) -> None:
    """What is there is whole: as many invoices as the mark says, and each with its bookings."""
    with scope([creditor]):
        mark = ImportFile.objects.get(creditor_id=creditor)
        debts = Debt.objects.filter(creditor_id=creditor)
        credits = Entry.objects.filter(creditor_id=creditor, kind="credit_note").count()
        assert debts.count() + credits == mark.next_row == mark.taken <= rows
        assert Entry.objects.filter(creditor_id=creditor, kind="invoice").count() == debts.count()


def test_a_hundred_kills(book: object) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([import_child.__name__])
    file = many(ROWS)
    clean = _creditor("Clean")
    row = begin(file, creditor=clean, by="Ada", home=book.home, now=making.NOW)
    commit(row.id, creditor=clean, home=book.home, now=making.NOW, batch=20)
    expected = state(clean)
    points, kills, books = cycle(POINTS), 0, 0
    reached: set[str] = set()
    while kills < KILLS:
        books += 1
        creditor = _creditor(f"Killed {books}")
        row = begin(file, creditor=creditor, by="Ada", home=book.home, now=making.NOW)
        done = False
        while not done:
            point, count = next(points), 1 + (kills % 3 == 2)
            arguments = (row.id, creditor, str(book.home), making.NOW.isoformat(), point, count)
            child = context.Process(target=import_child.run, args=arguments)
            child.start()
            child.join(60)
            assert child.exitcode in (0, -signal.SIGKILL)
            done = child.exitcode == 0
            if not done:
                kills += 1
                reached.add(point)
                assert_whole(creditor, ROWS)
        assert state(creditor) == expected
        again = begin(file, creditor=creditor, by="Ada", home=book.home, now=making.NOW)
        assert commit(again.id, creditor=creditor, home=book.home, now=making.NOW).taken == 0
    assert reached == set(POINTS)


def test_without_one_transaction_a_kill_shows(book: object, monkeypatch) -> None:
    """The canary: were the mark not in the batch's transaction, a kill behind the batch would load or count it twice."""
    from duecourse.actions import import_commit

    creditor = _creditor("Canary")
    row = begin(many(ROWS), creditor=creditor, by="Ada", home=book.home, now=making.NOW)

    class Killed(Exception):
        pass

    def die(name: str) -> None:
        if name == "import.after_batch":
            raise Killed

    monkeypatch.setattr(import_commit, "failpoint", die)
    monkeypatch.setattr(import_commit, "_advance", lambda row, written, end: None)
    with contextlib.suppress(Killed):
        commit(row.id, creditor=creditor, home=book.home, now=making.NOW, batch=20)
    try:
        assert_whole(creditor, ROWS)
    except AssertionError:
        return
    raise AssertionError("the check sees no difference between a marked and an unmarked batch")


def _creditor(name: str) -> int:
    with scope("all"):
        return Creditor.objects.create(name=name, created_at=making.NOW).id


def test_the_database_goes_away_in_mid_load(book: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The batch under way is gone with it, those before stay, and the same call takes it up again."""
    import psycopg
    from django.db import OperationalError, connection

    from duecourse.actions import import_commit

    creditor = _creditor("Gone")
    row = begin(many(ROWS), creditor=creditor, by="Ada", home=book.home, now=making.NOW)
    passes = 0

    def cut_off(name: str) -> None:
        nonlocal passes
        passes += name == "import.in_batch"
        if passes == 3 and name == "import.in_batch":
            with psycopg.connect(book.owner_uri.replace("duecourse_owner@", "postgres@"), autocommit=True) as admin:
                admin.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])

    monkeypatch.setattr(import_commit, "failpoint", cut_off)
    with pytest.raises(OperationalError):
        commit(row.id, creditor=creditor, home=book.home, now=making.NOW, batch=20)
    connection.close()
    assert_whole(creditor, ROWS)
    with scope([creditor]):
        assert 0 < ImportFile.objects.get(id=row.id).next_row < ROWS
    assert commit(row.id, creditor=creditor, home=book.home, now=making.NOW, batch=20).taken == ROWS
    assert_whole(creditor, ROWS)
