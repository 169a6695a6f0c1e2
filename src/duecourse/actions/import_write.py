"""One batch of rows into the book, in the running transaction: customers, addresses, debts, bookings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection

from duecourse.actions import import_post
from duecourse.actions.hold import NewHold, place
from duecourse.actions.import_book import Book, read_book
from duecourse.actions.import_compare import REFUSALS, compare
from duecourse.actions.import_rows import customers_of
from duecourse.records import arrow

_DETAILS = {
    "address": "address",
    "region": "region",
    "country": "country",
    "language": "language",
    "timezone": "timezone",
}
_POINTS = {"email": "email", "phone": "phone", "letter": "address"}


@dataclass(frozen=True)
class Written:
    """What a batch did: the compared rows (import_compare), and how many customers, addresses and bookings are new."""

    rows: pl.DataFrame
    customers: int
    points: int
    bookings: int


def write_batch(
    rows: pl.DataFrame, *, others: pl.DataFrame, creditor: int, language: str, file: int, today: date, now: datetime
) -> Written:
    """Write rows (import_rows.ordered) that hold all rows of their customers. Rows that contradict the book are left."""
    book = read_book(rows, creditor, others=others, lock=True)
    compared = compare(rows, book)
    taken = compared.filter(~pl.col("change").is_in(list(REFUSALS)))
    people = customers_of(taken).join(
        book.customers.select("shard", "customer_ref", "customer_id"), on=["shard", "customer_ref"], how="left"
    )
    new_people = _new_customers(people.filter(pl.col("customer_id").is_null()), creditor, language, now)
    ids = pl.concat([people.filter(pl.col("customer_id").is_not_null()), new_people])
    taken = taken.drop("customer_id").join(
        ids.select("shard", "customer_ref", "customer_id"), on=["shard", "customer_ref"], maintain_order="left"
    )
    _fill_blanks(people, book)
    points = _new_points(ids, book, creditor, now)
    taken = _new_debts(taken, creditor, now)
    _new_due_dates(taken.filter(pl.col("due_changed")))
    entries = import_post.bookings(taken, creditor=creditor, file=file, today=today)
    import_post.write(entries, creditor=creditor, now=now)
    _hold_disputed(taken, creditor, file, now)
    return Written(compared, new_people.height, points, entries.height)


def _new_customers(people: pl.DataFrame, creditor: int, language: str, now: datetime) -> pl.DataFrame:
    people = people.with_columns(
        customer_id=arrow.fresh_ids(people.height) if people.height else pl.lit(None, pl.Int64)
    )
    rows = people.select(
        "shard",
        pl.col("customer_id").alias("id"),
        pl.col("customer_ref").alias("ref"),
        pl.col("customer_name").alias("name"),
        pl.col("customer_kind").fill_null("company").alias("kind"),
        pl.lit("").alias("salutation"),
        pl.col("language").fill_null(language),
        *(pl.col(c).fill_null("") for c in ("country", "region", "timezone", "address")),
    )
    arrow.copy_into("customer", rows, constants={"creditor_id": creditor, "created_at": now})
    return people


def _fill_blanks(people: pl.DataFrame, book: Book) -> None:
    """Details that the book lacks are filled in; what stands there stays, for a person may have corrected it."""
    known = people.join(book.customers.drop("customer_id"), on=["shard", "customer_ref"])
    blanks = known.filter(pl.any_horizontal([(pl.col(f"book_{c}") == "") & pl.col(c).is_not_null() for c in _DETAILS]))
    if blanks.height == 0:
        return
    columns = [blanks[c].to_list() for c in ("shard", "customer_id", *_DETAILS)]
    assign = ", ".join(f"{c} = CASE WHEN c.{c} = '' THEN coalesce(v.{c}, '') ELSE c.{c} END" for c in _DETAILS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE customer c SET {assign} FROM unnest(%s::smallint[], %s::bigint[], {', '.join(['%s::text[]'] * 5)})"  # noqa: S608
            f" AS v(shard, id, {', '.join(_DETAILS)}) WHERE c.shard = v.shard AND c.id = v.id",
            columns,
        )


def _new_points(people: pl.DataFrame, book: Book, creditor: int, now: datetime) -> int:
    """Addresses that the customer has not and never had; one that was ended stays ended."""
    said = pl.concat(
        [
            people.select(
                "shard", "customer_id", pl.lit(kind).alias("kind"), pl.col(column).alias("value"), "customer_name"
            )
            for kind, column in _POINTS.items()
        ]
    ).filter(pl.col("value").is_not_null())
    new = said.join(book.points, on=["shard", "customer_id", "kind", "value"], how="anti")
    running = book.points.filter(~pl.col("ended")).group_by("shard", "customer_id", "kind").len("before")
    new = new.join(running, on=["shard", "customer_id", "kind"], how="left").sort("shard", "customer_id")
    if new.height == 0:
        return 0
    rows = new.select(
        "shard", "customer_id", "kind", "value", pl.lit("").alias("person"), pl.lit("accounts").alias("role"),
        (pl.col("before").fill_null(0) + 1).alias("rank"), pl.lit("").alias("ended_why"), arrow.fresh_ids(new.height),
    )  # fmt: skip
    arrow.copy_into("contact_point", rows, constants={"creditor_id": creditor, "created_at": now})
    return new.height


def _new_debts(rows: pl.DataFrame, creditor: int, now: datetime) -> pl.DataFrame:
    """Insert the new debts and return all rows with their `debt_id`."""
    new = rows.filter(pl.col("change") == "new")
    if new.height == 0:
        return rows
    new = new.with_columns(debt_id=arrow.fresh_ids(new.height))
    debts = new.select(
        "shard", pl.col("debt_id").alias("id"), "customer_id", pl.col("invoice_ref").alias("ref"), "kind",
        pl.col("description").fill_null(""), pl.col("purchase_order").fill_null(""), "issued_date", "due_date", "currency",
        "amount_minor", pl.lit(1).alias("round"),
    )  # fmt: skip
    arrow.copy_into("debt", debts, constants={"creditor_id": creditor, "created_at": now})
    return pl.concat([rows.filter(pl.col("change") != "new"), new]).sort("position")


def _new_due_dates(rows: pl.DataFrame) -> None:
    if rows.height:
        columns: list[list[Any]] = [rows[c].to_list() for c in ("shard", "debt_id", "due_date")]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE debt d SET due_date = v.due FROM unnest(%s::smallint[], %s::bigint[], %s::date[]) AS v(shard, id, due)"
                " WHERE d.shard = v.shard AND d.id = v.id",
                columns,
            )


def _hold_disputed(rows: pl.DataFrame, creditor: int, file: int, now: datetime) -> None:
    """An open invoice that the other system calls disputed is not chased until a person looks at it."""
    disputed = rows.filter((pl.col("change") == "new") & (pl.col("status") == "disputed") & (pl.col("open_minor") > 0))
    for shard, customer, debt in disputed.select("shard", "customer_id", "debt_id").iter_rows():
        place(
            NewHold(shard, creditor, customer, "dispute", f"import {file}", "The imported file says so", debt_id=debt),
            now=now,
        )
