"""The `book` fixture gives each test the same clean database, for other connections too."""

from __future__ import annotations

import psycopg
from django.db import connection

from tests.conftest import Book


def _write_and_count(book: Book) -> int:
    with psycopg.connect(book.owner_uri) as owner:
        owner.execute("CREATE TABLE scribble (word text)")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname = 'scribble'")
        return cursor.fetchone()[0]


def test_a_write_is_seen_by_another_connection(book: Book) -> None:
    assert _write_and_count(book) == 1


def test_the_next_test_starts_clean(book: Book) -> None:
    assert _write_and_count(book) == 1  # the table of the test before would be in the way
