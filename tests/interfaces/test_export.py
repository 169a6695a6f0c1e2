"""`duecourse export`: whole tables, safe to open, the same in every format, with the refused contacts among them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest
from click.testing import CliRunner
from django.db import connection

from duecourse.connectors.importers.escape import unescape
from duecourse.interfaces.cli import main
from duecourse.interfaces.cli.export import TABLES
from duecourse.records import exports
from duecourse.records.exports.contacts import CONTACT
from tests import making
from tests.conftest import Book
from tests.core.measure.random_book import random_book
from tests.interfaces.write_random_book import write_book

FORMULAS = ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1", '=HYPERLINK("x")', "|x", "%x", "＝1"]
KEPT = ["'quoted", "0042", "+44 20 7946 0000", "-12.50", 'plain, with "quotes"\nand lines', "Zoë ✓"]
_JSON_LINE = (
    "contact_id run_id customer person debts creditor jurisdiction channel direction planned_at attempted_at delivered_at outcome"
    " decision not_before rules template template_version locations content_hash"
).split()


def _export(table: str, kind: str, *more: str) -> bytes:
    result = CliRunner().invoke(main, ["export", table, "--format", kind, *more], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def _lines(table: str, *more: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _export(table, "jsonl", *more).decode().splitlines()]


def test_the_command_offers_every_table_there_is() -> None:
    assert sorted(TABLES) == sorted(exports.NAMES)


def test_formats_agree_and_an_empty_table_has_its_header(book: Book, tmp_path: Path) -> None:
    headers = {table: _export(table, "csv").decode().splitlines()[0].split(",") for table in TABLES}
    assert {table for table in TABLES if _export(table, "jsonl")} == set()
    making.customer(late=(8, 30), settled_late=(2,))
    for table, header in headers.items():
        rows = _lines(table)
        parquet = tmp_path / f"{table}.parquet"
        _export(table, "parquet", "--out", str(parquet))
        assert pl.read_parquet(parquet).columns == header
        assert pl.read_parquet(parquet).height == len(rows)
        assert len(list(csv.reader(io.StringIO(_export(table, "csv").decode())))) == len(rows) + 1
        assert all(list(row) == header for row in rows)
    assert not list(tmp_path.glob("*.part"))


def test_postings_sum_to_zero_and_give_the_open_balances(book: Book) -> None:
    write_book(random_book(5), "Book 5")
    postings, debts = _lines("postings"), _lines("debts")
    per_entry: Counter[int] = Counter()
    per_debt: Counter[int] = Counter()
    for leg in postings:
        per_entry[leg["entry"]] += leg["amount"]
        if leg["account"] == "receivable":
            per_debt[leg["debt"]] += leg["amount"]
    assert postings
    assert set(per_entry.values()) == {0}
    assert {d["id"]: d["open"] for d in debts} == {d["id"]: per_debt[d["id"]] for d in debts}


def test_formulas_are_harmless_and_everything_comes_back(book: Book) -> None:
    for name in FORMULAS + KEPT:
        making.customer(name=name)
    text = _export("customers", "csv").decode()
    cells = [row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert sorted(unescape(cell) for cell in cells) == sorted(FORMULAS + KEPT)
    unsafe = [c for c in cells if c.startswith(("=", "@", "\t", "\r", "|", "%", "＝"))]
    assert not unsafe
    assert not [c for c in cells if c[0] in "+-" and c not in KEPT]
    assert sorted(row["name"] for row in _lines("customers")) == sorted(FORMULAS + KEPT)


def test_a_creditor_has_its_own_rows_only(book: Book) -> None:
    write_book(random_book(1), "Book 1")
    write_book(random_book(2), "Book 2")
    for table in ("customers", "debts", "postings", "contacts", "promises"):
        own = _lines(table, "--creditor", "Book 2")
        assert {row["creditor"] for row in own} == {"Book 2"}
        assert len(own) + len(_lines(table, "--creditor", "Book 1")) == len(_lines(table))


def test_contacts_have_the_promised_keys_and_the_refused_ones_are_there(book: Book, tmp_path: Path) -> None:
    from duecourse.actions.hold import NewHold, place
    from duecourse.records.tenancy import scope

    open_one, held = making.customer(late=(8,)), making.customer(late=(8,))
    with scope("all"):
        place(NewHold(*held.key[:1], held.creditor_id, held.id, "dispute", "test"), now=making.NOW - timedelta(days=1))
    assert (
        CliRunner()
        .invoke(main, ["day", "--as-of", str(making.TODAY)], env={"DUECOURSE_NOW": making.NOW.isoformat()})
        .exit_code
        == 0
    )
    rows = {row["customer"]: row for row in _lines("contacts")}
    planned, refused = rows[open_one.ref], rows[held.ref]
    assert set(_JSON_LINE) <= set(planned)
    assert list(planned) == list(CONTACT)
    assert (planned["decision"], planned["debts"], planned["channel"]) == ("allow", list(open_one.debts), "email")
    assert datetime.fromisoformat(planned["planned_at"]).utcoffset() == timedelta(0)
    assert planned["locations"] == [{"tz": "Europe/London"}]
    assert planned["jurisdiction"] == ["UK"]
    assert (refused["decision"], refused["why"], refused["attempted_at"]) == ("block", "hold:dispute", None)
    assert refused["rules"][0]["id"] == "hold:dispute"
    assert all({"id", "citation", "version"} <= set(rule) for row in rows.values() for rule in row["rules"])


def test_the_rule_of_the_last_look_is_named(book: Book) -> None:
    from duecourse.records.tenancy import scope

    first, second, third = (making.customer(late=(8,)) for _ in range(3))
    assert CliRunner().invoke(main, ["day"], env={"DUECOURSE_NOW": making.NOW.isoformat()}).exit_code == 0
    with scope("all"), connection.cursor() as cursor:
        for one, state, why in (
            (first, "refused", "rule:HOUSE-BUDGET"),
            (second, "refused", "promised"),
            (third, "sent", ""),
        ):
            cursor.execute("UPDATE outbox SET state = %s, why = %s WHERE customer_id = %s", [state, why, one.id])
    rows = {row["customer"]: row for row in _lines("contacts")}
    assert [rows[c.ref]["decision"] for c in (first, second, third)] == ["block", "block", "allow"]
    budget, promised = rows[first.ref]["rules"][-1], rows[second.ref]["rules"][-1]
    assert (budget["id"], budget["outcome"]) == ("HOUSE-BUDGET", "block")
    assert budget["citation"].startswith("House rule")
    assert budget["version"]
    assert (promised["id"], promised["citation"]) == ("promised", "House rule")
    assert not [rule for rule in rows[third.ref]["rules"] if rule["outcome"] == "block"]


def test_what_cannot_be_written_leaves_nothing_behind(book: Book, tmp_path: Path) -> None:
    making.customer()
    target = tmp_path / "there"
    target.mkdir()
    result = CliRunner().invoke(main, ["export", "debts", "--out", str(tmp_path / "no" / "x.csv")])
    assert result.exit_code != 0
    assert "is not there" in result.output
    assert CliRunner().invoke(main, ["export", "debts", "--out", str(target)]).exit_code == 2
    assert CliRunner().invoke(main, ["export", "everything"]).exit_code == 2
    assert sorted(tmp_path.iterdir()) == [target]


def test_memory_is_bounded_by_a_range(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small ranges give the same rows as one."""
    write_book(random_book(6, customers=40), "Book 6")
    whole = _lines("debts")
    monkeypatch.setattr(exports, "steps", lambda name, creditors: [(n, n) for n in range(256)])
    assert _lines("debts") == whole
    with psycopg.connect(book.owner_uri) as owner:
        assert owner.execute("SELECT count(*) FROM debt").fetchone() == (len(whole),)
