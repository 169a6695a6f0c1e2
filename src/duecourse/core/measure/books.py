"""Your books against ours: why what the accounting file says is open differs from what the ledger says, to zero.

Each invoice and credit stands in one line with one reason, so the lines add up to the whole difference by construction.
"""

from __future__ import annotations

from typing import Any, Final

import polars as pl

FILE: Final[dict[str, Any]] = {
    "ref": pl.String, "customer_ref": pl.String, "kind": pl.String, "currency": pl.String, "open": pl.Int64,
    "debt": pl.Int64, "book_currency": pl.String, "book_open": pl.Int64, "paid_elsewhere": pl.Int64, "book_left": pl.Int64,
}  # fmt: skip
"""A row of the file with what the ledger has of it: `debt` null where it has nothing, `book_left` for credits."""
LEDGER: Final[dict[str, Any]] = {
    "debt": pl.Int64, "ref": pl.String, "customer_ref": pl.String, "currency": pl.String, "open": pl.Int64,
}  # fmt: skip
"""Every invoice that is not at zero, and each customer's money that no invoice has taken (`debt` null, negative)."""
REASONS: Final = {
    "paid_here": "Paid here, and your books do not have it yet",
    "lower_here": "Lower here for another reason: a credit, a write-off or a correction made here",
    "higher_here": "Higher here: your books have a payment or credit that we do not have",
    "only_here": "Open here, and not in your file",
    "only_yours": "In your file, and not here",
    "credits": "Money and credit notes that no invoice has taken",
}
"""In the order of the page."""
ROWS: Final[dict[str, Any]] = {
    "currency": pl.String, "ref": pl.String, "customer_ref": pl.String, "reason": pl.String, "yours": pl.Int64, "ours": pl.Int64,
    "difference": pl.Int64,
}  # fmt: skip


def differences(file: pl.DataFrame, ledger: pl.DataFrame) -> pl.DataFrame:
    """currency, ref, customer_ref, reason, yours, ours, difference (ours less yours): one row a difference, none of zero.

    An invoice that was in part paid here and in part corrected stands in two rows.
    """
    rows = file.select(pl.col(c).cast(t) for c, t in FILE.items())
    ours = ledger.select(pl.col(c).cast(t) for c, t in LEDGER.items())
    is_invoice = pl.col("kind") == "invoice"
    known = is_invoice & pl.col("debt").is_not_null() & (pl.col("book_currency") == pl.col("currency"))
    both = rows.filter(known).with_columns(gap=pl.col("book_open") - pl.col("open"))
    paid = pl.min_horizontal(-pl.col("gap"), pl.col("paid_elsewhere").fill_null(0)).clip(0)
    lower = both.filter(pl.col("gap") < 0).with_columns(paid=paid)
    here = ["currency", "ref", "customer_ref"]
    return (
        pl.concat(
            [
                lower.select(*here, reason=pl.lit("paid_here"), yours=pl.lit(0), ours=-pl.col("paid")),
                lower.select(
                    *here, reason=pl.lit("lower_here"), yours="open", ours=pl.col("book_open") + pl.col("paid")
                ),
                both.filter(pl.col("gap") > 0).select(
                    *here, reason=pl.lit("higher_here"), yours="open", ours="book_open"
                ),
                rows.filter(is_invoice & ~known.fill_null(False)).select(
                    *here, reason=pl.lit("only_yours"), yours="open", ours=pl.lit(0)
                ),
                ours.filter(pl.col("debt").is_not_null())
                .join(rows.filter(known), on="debt", how="anti")
                .select(*here, reason=pl.lit("only_here"), yours=pl.lit(0), ours="open"),
                rows.filter(~is_invoice).select(*here, reason=pl.lit("credits"), yours=-pl.col("open"), ours=pl.lit(0)),
                ours.filter(pl.col("debt").is_null()).select(
                    *here, reason=pl.lit("credits"), yours=pl.lit(0), ours="open"
                ),
            ],
            how="vertical_relaxed",
        )
        .with_columns(difference=pl.col("ours") - pl.col("yours"))
        .filter(pl.col("difference") != 0)
        .select(pl.col(c).cast(t) for c, t in ROWS.items())
        .sort("currency", "reason", "customer_ref", "ref")
    )


def totals(file: pl.DataFrame, ledger: pl.DataFrame) -> pl.DataFrame:
    """currency, yours, ours: what each side says is open in all, credits taken off."""
    signed = pl.when(pl.col("kind") == "invoice").then("open").otherwise(-pl.col("open"))
    yours = file.group_by("currency").agg(yours=signed.sum())
    ours = ledger.group_by("currency").agg(ours=pl.col("open").sum())
    return (
        yours.join(ours, on="currency", how="full", coalesce=True)
        .with_columns(pl.col("yours", "ours").fill_null(0).cast(pl.Int64))
        .sort("currency")
    )
