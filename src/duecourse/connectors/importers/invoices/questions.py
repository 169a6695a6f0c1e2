"""Which questions a file leaves open, and the columns without which no question helps."""

from __future__ import annotations

import polars as pl

from duecourse.connectors.importers.invoices.conventions import Conventions, Decided
from duecourse.connectors.importers.invoices.lines import has_lines
from duecourse.connectors.importers.invoices.mapping import Mapping
from duecourse.connectors.importers.invoices.money import sign_currency
from duecourse.connectors.importers.invoices.question import Option, Question
from duecourse.connectors.importers.invoices.sniff import Sniffed
from duecourse.connectors.importers.invoices.table import Table
from duecourse.connectors.importers.problems import Unreadable

_NEEDED = (
    ("an invoice number", ("invoice_ref",)),
    ("a customer", ("customer_ref", "customer_name", "last_name", "first_name")),
    ("an issue or due date", ("issued_date", "due_date")),
    ("an amount", ("amount", "open_amount", "line_amount", "unit_amount", "net_amount")),
)


def needed_columns(mapping: Mapping) -> None:
    """Raises Unreadable where no column holds the invoice number, customer, a date or an amount."""
    missing = [words for words, fields in _NEEDED if not any(mapping.column(f) for f in fields)]
    if missing:
        raise Unreadable(
            f"No column was found for {' and '.join(missing)}.",
            mend="Name the columns more plainly, or say which is which with a mapping (--map FILE).",
        )


def open_questions(
    sniffed: Sniffed,
    table: Table,
    mapping: Mapping,
    settled: Conventions,
    *,
    given_encoding: str | None,
    decided: tuple[Decided, ...],
) -> tuple[Question, ...]:
    """All at once, so that a person is asked one time."""
    asked = [q for q in sniffed.questions if given_encoding is None]
    asked += [d.question for d in decided if d.question]
    if settled.currency is None and _needs_currency(table, mapping):
        asked.append(
            Question(
                "currency",
                "Which currency are the amounts in? The file does not say.",
                (Option("", "A code such as EUR", "", "--currency CUR"),),
            )
        )
    if settled.tax_included is None and _needs_tax(table, mapping):
        asked.append(
            Question(
                "tax_included",
                "Do the amounts of the lines include tax? The file has no totals.",
                (
                    Option(True, "Yes, with tax", "", "--tax-included"),
                    Option(False, "No, tax is added", "", "--tax-added"),
                ),
            )
        )
    return tuple(asked)


def _needs_currency(table: Table, mapping: Mapping) -> bool:
    amounts = [c for f in ("amount", "open_amount", "line_amount", "unit_amount") if (c := mapping.column(f))]
    if any(c in mapping.currencies for c in amounts):
        return False
    if column := mapping.column("currency"):
        return bool(table.cells[column].str.strip_chars().fill_null("").is_in(["", "$", "¥", "kr"]).any())
    beside = (
        table.cells.select(pl.coalesce([sign_currency(pl.col(c)) for c in amounts])).to_series()
        if amounts
        else pl.Series([None])
    )
    return beside.null_count() > 0 or table.height == 0


def _needs_tax(table: Table, mapping: Mapping) -> bool:
    """Lines carry tax, no total tells whether it is inside, and no column says so."""
    if not has_lines(mapping) or mapping.column("tax_included"):
        return False
    total, tax = mapping.column("amount"), mapping.column("line_tax")
    if tax is None:
        return False
    taxed = pl.col(tax).str.contains("[1-9]").fill_null(False)
    untold = pl.col(total).fill_null("").str.strip_chars() == "" if total else pl.lit(True)
    return table.cells.filter(taxed & untold).height > 0
