"""Rows against the book: what each of them changes. Pure, so that the preview says what the commit does."""

from __future__ import annotations

import polars as pl

from duecourse.actions.import_book import Book

REFUSALS = {
    "other_customer": (
        "this number at one customer only; the book has it for another",
        "Correct the customer or the number.",
    ),
    "amount_changed": (
        "the amount that the book has for this invoice",
        "Send a credit note, or an invoice with a new number.",
    ),
    "currency_changed": (
        "the currency that the book has for this invoice",
        "Correct the currency, or give the invoice a new number.",
    ),
}
"""What was expected and the mend, for rows that contradict the book."""


def compare(rows: pl.DataFrame, book: Book) -> pl.DataFrame:
    """Add to each row: `change`, `delta_minor`, `due_changed`, and the ids `customer_id` and `debt_id` where it is known.

    `change` is new, same, lower (less is open than the book has: `delta_minor` is negative), higher (a payment was taken
    back), kept (the book knows of payments that the file does not: nothing is done), or a refusal's name. Credits are
    new_credit, same, lower or higher, `delta_minor` being the change of what is left of them.

    A rise is believed only as far as imports lowered the debt: money that came in by link, gateway or hand may not have
    reached the file's system yet, and nobody is asked twice for what is paid.
    """
    joined = (
        rows.join(
            book.customers.select("shard", "customer_ref", "customer_id"), on=["shard", "customer_ref"], how="left"
        )
        .join(book.debts, on=["shard", "customer_ref", "invoice_ref"], how="left")
        .join(book.credits, on=["shard", "customer_ref", "invoice_ref"], how="left")
        .join(book.others, on="invoice_ref", how="left")
        .sort("position")
    )
    known = pl.col("debt_id").is_not_null()
    # The most that may be open: what the file says, less what it may not know of; never less than the book has.
    reachable = pl.max_horizontal("book_open", pl.col("open_minor") - pl.col("paid_elsewhere"))
    target = pl.when(pl.col("open_minor") <= pl.col("book_open")).then(pl.col("open_minor")).otherwise(reachable)
    invoice = (
        pl.when(~known & pl.col("owner_ref").is_not_null()).then(pl.lit("other_customer"))
        .when(~known).then(pl.lit("new"))
        .when(pl.col("book_currency") != pl.col("currency")).then(pl.lit("currency_changed"))
        .when(pl.col("book_amount") != pl.col("amount_minor")).then(pl.lit("amount_changed"))
        .when(target < pl.col("book_open")).then(pl.lit("lower"))
        .when(target > pl.col("book_open")).then(pl.lit("higher"))
        .when(pl.col("open_minor") > pl.col("book_open")).then(pl.lit("kept"))
        .otherwise(pl.lit("same"))
    )  # fmt: skip
    left = pl.col("open_minor") - pl.col("book_left").fill_null(0)
    credit = (
        pl.when(pl.col("book_left").is_null() & (pl.col("open_minor") > 0)).then(pl.lit("new_credit"))
        .when(left < 0).then(pl.lit("lower"))
        .when(left > 0).then(pl.lit("higher"))
        .otherwise(pl.lit("same"))
    )  # fmt: skip
    is_invoice = pl.col("kind") == "invoice"
    return joined.with_columns(
        change=pl.when(is_invoice).then(invoice).otherwise(credit),
        delta_minor=pl.when(is_invoice).then(target - pl.col("book_open")).otherwise(left).fill_null(0),
    ).with_columns(
        due_changed=(
            pl.col("change").is_in(["same", "lower", "higher", "kept"])
            & is_invoice
            & (pl.col("due_date") != pl.col("book_due"))
        ).fill_null(False)
    )
