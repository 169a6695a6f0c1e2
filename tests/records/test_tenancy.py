"""An agency's client sees its own rows only, whatever the query forgets to filter."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from duecourse.records.models import Customer, Debt
from duecourse.records.tenancy import scope
from tests import making

pytestmark = pytest.mark.usefixtures("book")


def test_a_query_without_a_filter_returns_no_foreign_row():
    ours = making.customer(of=making.creditor("Ours"))
    making.customer(of=making.creditor("Theirs"))
    with scope([ours.creditor_id]):
        assert [c.id for c in Customer.objects.all()] == [ours.id]
        assert {d.customer_id for d in Debt.objects.all()} == {ours.id}


def test_without_a_scope_there_are_no_rows():
    making.customer()
    with transaction.atomic():
        assert Customer.objects.count() == 0
    with scope(()):
        assert Customer.objects.count() == 0


def test_the_scope_ends_with_its_transaction():
    making.customer()
    with scope("all"):
        assert Customer.objects.count() == 1
    with transaction.atomic():
        assert Customer.objects.count() == 0


def test_a_row_cannot_be_written_into_a_foreign_book():
    ours, theirs = making.creditor("Ours"), making.creditor("Theirs")
    with pytest.raises(ProgrammingError, match="row-level security"), scope([ours.id]):
        Customer.objects.create(shard=1, creditor_id=theirs.id, ref="x", name="x", created_at=making.NOW)


def test_every_table_with_a_creditor_has_the_policy():
    tables = {
        m._meta.db_table
        for m in apps.get_app_config("records").get_models()
        if any(f.name == "creditor_id" for f in m._meta.fields)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = 'own_rows'")
        guarded = {row[0] for row in cursor.fetchall()}
    assert tables <= guarded and len(tables) > 20
