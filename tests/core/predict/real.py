"""Real payments that lie beside the repository; never copied into it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

SHARED = Path(__file__).parents[4] / "shared" / "data"
IBM = SHARED / "ibm_ar" / "WA_Fn-UseC_-Accounts-Receivable.csv"
HIGHRADIUS = SHARED / "highradius_ar" / "closed_before_2019-12-04.csv.gz"
RTFM = SHARED / "rtfm" / "rtfm_events.csv.gz"


def beside(path: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        not path.exists(), reason=f"the sample lies beside the repository: ../{path.relative_to(SHARED.parents[1])}"
    )


def ibm() -> pl.DataFrame:
    day = lambda name: pl.col(name).str.to_date("%m/%d/%Y")  # noqa: E731
    return pl.read_csv(IBM, infer_schema_length=None).select(
        customer="customerID",
        amount=(pl.col("InvoiceAmount") * 100).round().cast(pl.Int64),
        issued=day("InvoiceDate"),
        due=day("DueDate"),
        settled=day("SettledDate"),
    )


def highradius() -> pl.DataFrame:
    return pl.read_csv(HIGHRADIUS, try_parse_dates=True, infer_schema_length=None).select(
        customer=pl.col("cust_number").cast(pl.String),
        amount=(pl.col("amount") * 100).round().cast(pl.Int64),
        due="due_date",
        settled="clear_date",
    )


def fines() -> pl.DataFrame:
    """Fines that were sent: due 60 days after the notice, settled by the payment that covered fine and expenses.

    Each case is its own debtor, and two fifths never pay.
    """
    events = pl.read_csv(
        RTFM,
        infer_schema_length=None,
        columns=["case", "activity", "timestamp", "amount", "expense", "totalPaymentAmount"],
    )
    day = pl.col("timestamp").str.slice(0, 10).str.to_date()

    def of(activity: str, value: pl.Expr) -> pl.Expr:
        return value.filter(pl.col("activity") == activity)

    owed = of("Create Fine", pl.col("amount")).first() + of("Send Fine", pl.col("expense")).first().fill_null(0)
    paid = (pl.col("activity") == "Payment") & (pl.col("totalPaymentAmount") >= owed - 0.01)
    return (
        events.group_by("case")
        .agg(
            amount=(of("Create Fine", pl.col("amount")).first() * 100).round(),
            sent=of("Send Fine", day).first(),
            settled=day.filter(paid).min(),
        )
        .filter(pl.col("sent").is_not_null())
        .sort("case")
        .select(
            customer="case",
            amount=pl.col("amount").fill_null(0).cast(pl.Int64),
            issued="sent",
            due=pl.col("sent") + pl.duration(days=60),
            settled="settled",
        )
    )
