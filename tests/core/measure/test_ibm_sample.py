"""The figures of IBM's sample of 2,466 invoices at the close of 2013-06-30."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from duecourse.core.facts.book import INSTANT
from duecourse.core.measure.figures import figures
from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.tally import tally

FILE = Path(__file__).parents[4] / "shared" / "data" / "ibm_ar" / "WA_Fn-UseC_-Accounts-Receivable.csv"
CLOSE = date(2013, 6, 30)


def _sheet() -> Sheet:
    day = {c: pl.col(c).str.to_date("%m/%d/%Y") for c in ("InvoiceDate", "DueDate", "SettledDate")}
    rows = (
        pl.read_csv(FILE, schema_overrides={"invoiceNumber": pl.String})
        .with_row_index("debt")
        .with_columns(
            **day,
            minor=(pl.col("InvoiceAmount") * 100).round(0).cast(pl.Int64),
            customer=pl.col("customerID").rank("dense").cast(pl.Int64),
            currency=pl.lit("USD"),
        )
    )
    legs = [
        rows.select(
            "customer", "currency", entry=pl.col("debt") * 2 + n, debt=pl.when(pl.lit(account == "receivable")).then("debt"),
            account=pl.lit(account), booked=booked, posted=pl.lit(None, INSTANT), amount=pl.col("minor") * sign,
        )
        for n, booked, signs in ((0, "InvoiceDate", (1, -1)), (1, "SettledDate", (-1, 1)))
        for account, sign in zip(("receivable", "sales" if n == 0 else "cash"), signs, strict=True)
    ]  # fmt: skip
    return Sheet.of(
        invoices=rows.select(
            "debt", "customer", "currency", issued="InvoiceDate", due="DueDate", worth=pl.lit(0, pl.Int64)
        ),
        legs=pl.concat(legs),
    )


@pytest.mark.skipif(not FILE.exists(), reason="the sample lies beside the repository, in ../shared/data/ibm_ar")
def test_the_sample_at_the_close_of_june() -> None:
    items = tally(_sheet(), CLOSE)
    found = figures(items, CLOSE)["USD"]
    assert items["USD"]["sales"] == 1_990_370
    assert (found["open_count"], found["open_amount"]) == (84, 511_985)
    assert (found["overdue_count"], found["overdue_amount"]) == (12, 83_556)
    assert found["ageing"] == {"current": 428_429, "1-30": 83_556, "31-60": 0, "61-90": 0, "90+": 0}
    assert found["dso_simple_90"] == 23.15
