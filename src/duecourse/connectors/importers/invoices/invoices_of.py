"""From what the rows say to invoices: kind, total, what is open, what was paid and when; contradictions are refused."""

from __future__ import annotations

import polars as pl

from duecourse.connectors.importers.invoices.mapping import Mapping
from duecourse.connectors.importers.invoices.refusals import Refusals
from duecourse.connectors.importers.invoices.status import DOCUMENTS, KINDS, SKIPPED, STATUSES
from duecourse.connectors.importers.invoices.terms import days_of, due_by_terms


def add_kind_and_status(frame: pl.DataFrame) -> pl.DataFrame:
    """Columns `state` (open, paid, draft, void, written_off, disputed or null) and `document`; MYOB's Q and O are drafts."""
    lower = pl.col("status").str.to_lowercase()
    document = pl.col("document_type").str.to_lowercase()
    kind = pl.col("customer_kind").str.to_lowercase()
    return frame.with_columns(
        state=lower.replace_strict(STATUSES, default=None, return_dtype=pl.String),
        document=document.replace_strict(DOCUMENTS, default=None, return_dtype=pl.String),
        customer_kind=kind.replace_strict(KINDS, default=None, return_dtype=pl.String),
    )


def no_debt() -> pl.Expr:
    """Why a row is no debt (draft, void, written_off, other), else null."""
    return (
        pl.when(pl.col("state").is_in(SKIPPED))
        .then(pl.col("state"))
        .when(pl.col("document") == "other")
        .then(pl.lit("other"))
    )


def add_customer(frame: pl.DataFrame, mapping: Mapping, refusals: Refusals) -> pl.DataFrame:
    """`customer_ref` is the file's, else the name; a first name makes the customer a person."""
    last = pl.coalesce("customer_name", "last_name")
    person = pl.col("first_name").is_not_null() & (
        pl.lit(mapping.column("last_name") is None) | pl.col("customer_name").is_null()
    )
    name = (
        pl.when(person & last.is_not_null())
        .then(pl.col("first_name") + " " + last)
        .otherwise(pl.coalesce(last, "first_name"))
    )
    frame = frame.with_columns(
        customer_name=pl.coalesce(name, "customer_ref"),
        customer_kind=pl.when(person)
        .then(pl.coalesce("customer_kind", pl.lit("person")))
        .otherwise(pl.col("customer_kind")),
    ).with_columns(customer_ref=pl.coalesce("customer_ref", "customer_name"))
    refusals.add(
        frame,
        pl.col("customer_ref").is_null(),
        column=mapping.column("customer_name") or mapping.column("customer_ref") or "",
        cause="no_customer",
        found=pl.lit("nothing"),
        expected="a customer",
        mend="Fill in the customer's name or number.",
    )
    return frame


def add_dates(frame: pl.DataFrame, mapping: Mapping, default_terms: int | None, refusals: Refusals) -> pl.DataFrame:
    """`issued_date`, `due_date` and `terms_days`; one date is worked out from the other and the terms."""
    days = pl.coalesce(days_of(pl.col("terms")), pl.lit(default_terms, pl.Int32))
    issued = pl.coalesce("issued_date", pl.col("due_date") - pl.duration(days=days.fill_null(0)))
    frame = frame.with_columns(
        days=days, no_issued=pl.col("issued_date").is_null(), no_due=pl.col("due_date").is_null()
    ).with_columns(issued_date=issued)
    due = due_by_terms(pl.col("issued_date"), pl.col("days"), pl.col("terms_basis"))
    at_once = pl.col("terms_basis").is_in(["0", "1"]).fill_null(False)
    frame = frame.with_columns(
        due_date=pl.coalesce("due_date", pl.when(pl.col("days").is_not_null() | at_once).then(due))
    )
    frame = frame.with_columns(terms_days=(pl.col("due_date") - pl.col("issued_date")).dt.total_days().cast(pl.Int32))
    column = mapping.column("due_date") or mapping.column("issued_date") or ""
    refusals.add(
        frame,
        pl.col("due_date").is_null(),
        column=column,
        cause="no_due_date",
        found=pl.coalesce("terms", pl.lit("nothing")),
        expected="a due date, or a date and terms",
        mend="Fill in the due date or the days of credit, or give --terms-days.",
    )
    refusals.add(
        frame,
        pl.col("due_date") < pl.col("issued_date"),
        column=column,
        cause="due_before_issued",
        found=pl.col("due_date").dt.to_string("iso:strict"),
        expected=pl.format("on or after {}", pl.col("issued_date").dt.to_string("iso:strict")),
        mend="Correct one of the dates; perhaps day and month are swapped.",
    )
    return frame


def add_money(frame: pl.DataFrame, mapping: Mapping, refusals: Refusals) -> pl.DataFrame:
    """`kind` (invoice, credit_note, payment), and `amount_minor`, `open_minor`, `paid_minor` without sign, in minor units."""
    column = next(
        (c for f in ("amount", "line_amount", "unit_amount", "open_amount", "net_amount") if (c := mapping.column(f))),
        "",
    )
    whole = [pl.col("amount"), pl.col("net_amount") + pl.col("tax_amount").fill_null(0)]
    if "line_total" in frame.columns:
        whole.insert(1, pl.col("line_total") + pl.col("line_freight"))
    total = pl.coalesce(*whole, "open_amount")
    frame = frame.with_columns(total=total)
    refusals.add(
        frame,
        total.is_null(),
        column=column,
        cause="no_amount",
        found=pl.lit("nothing"),
        expected="an amount",
        mend="Fill in the amount of the invoice.",
    )
    sign = pl.when(pl.col("total") < 0).then(-1).otherwise(1)
    credit = (pl.col("total") < 0) | pl.col("document").is_in(["credit_note", "payment"]).fill_null(False)
    frame = frame.with_columns(
        kind=pl.when(pl.col("document") == "payment")
        .then(pl.lit("payment"))
        .when(credit)
        .then(pl.lit("credit_note"))
        .otherwise(pl.lit("invoice")),
        amount_minor=pl.col("total").abs(),
        said_open=pl.col("open_amount") * sign,
        said_paid=(pl.col("paid_amount").fill_null(0) + pl.col("credited_amount").fill_null(0)).abs(),
    )
    settled = pl.col("settled_date").is_not_null() | (pl.col("state") == "paid").fill_null(False)
    left = pl.when(settled).then(0).otherwise(pl.col("amount_minor") - pl.col("said_paid"))
    frame = frame.with_columns(open_minor=pl.coalesce("said_open", left))
    invoice = pl.col("kind") == "invoice"
    refusals.add(
        frame,
        invoice & ((pl.col("open_minor") < 0) | (pl.col("open_minor") > pl.col("amount_minor"))),
        column=mapping.column("open_amount") or mapping.column("paid_amount") or column,
        cause="open_amount",
        found=pl.coalesce("open_found", "paid_found"),
        expected="between nothing and the invoice's amount",
        mend="Correct the amounts; money paid beyond the invoice belongs in a row of its own, as a credit.",
    )
    refusals.add(
        frame,
        invoice & (pl.col("state") == "paid") & (pl.col("said_open") > 0),
        column=mapping.column("status") or "",
        cause="paid_but_open",
        found=pl.col("status"),
        expected="no open amount for a paid invoice",
        mend="Correct the status or the open amount.",
    )
    # A credit is worth what is left of it, whatever sign its columns give that.
    left_of_credit = pl.min_horizontal(pl.col("open_minor").abs(), "amount_minor")
    return frame.with_columns(
        open_minor=pl.when(invoice).then(pl.col("open_minor")).otherwise(left_of_credit)
    ).with_columns(paid_minor=pl.col("amount_minor") - pl.col("open_minor"))
