"""Search runs past the policies, for their indexes; so it has to hold to the scope itself."""

from __future__ import annotations

from django.db import connection, connections

from duecourse.records.reads.find import find
from duecourse.records.reads.portal import creditors_with
from duecourse.records.tenancy import scope
from tests.conftest import Book
from tests.making import creditor, customer


def test_search_finds_by_reference_invoice_and_name_within_the_scope_only(book: Book) -> None:
    ours = customer(ref="AB-100", name="Tidewell Physio")
    theirs = customer(ref="AB-200", name="Tidewell Dental", of=creditor("Coolabah Trade Hire"))
    for text in ("ab 1", "AB-100-1", "tidewell"):
        with scope([ours.creditor_id]):
            assert [h.id for h in find(text)] == [ours.id], text
        with scope([]):
            assert find(text) == ()
    with scope("all"):
        assert {h.id for h in find("tidewell")} == {ours.id, theirs.id}


def test_a_percent_sign_is_a_percent_sign(book: Book) -> None:
    customer(ref="AB-100", name="Tidewell Physio")
    with scope("all"):
        assert find("%%%") == ()
        assert find("t%l") == ()


def test_who_uses_a_number(book: Book) -> None:
    ours = customer(ref="AB-100")
    with scope("all"):
        assert [c.id for c in creditors_with("AB1001")] == [ours.creditor_id]
        assert creditors_with("AB1002") == ()
    with scope([]):
        assert creditors_with("AB1001") == ()


def test_without_the_scope_s_clause_foreign_rows_would_show(book: Book) -> None:
    """The canary: the same function with the guard taken out shows what the guard hides."""
    ours = customer(ref="AB-100", name="Tidewell Physio")
    customer(ref="AB-200", name="Tidewell Dental", of=creditor("Coolabah Trade Hire"))
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('find_customers'::regproc)")
        (source,) = cursor.fetchone()
        cursor.execute(source.replace("everything boolean := scope_is_all()", "everything boolean := true"))
    with scope([ours.creditor_id]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM find_customers('AB', '%%tidewell%%', 20)")
        assert cursor.fetchone()[0] > 2
