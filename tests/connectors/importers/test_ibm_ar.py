"""The public receivables sample reads whole, with the conventions proven from its values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from duecourse.connectors.importers.invoices import parse
from duecourse.connectors.importers.source import Source

FILE = Path(__file__).parents[4] / "shared/data/ibm_ar/WA_Fn-UseC_-Accounts-Receivable.csv"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the shared data folder is not beside the repository")


def test_all_invoices_are_taken() -> None:
    parsed = parse(Source.of(FILE), currency="USD")
    assert (parsed.rows.height, parsed.refused.height, parsed.rows["customer_ref"].n_unique()) == (2466, 0, 100)
    assert parsed.conventions.day_first is False
    assert parsed.rows["invoice_ref"].str.starts_with("0").any()
    assert parsed.rows.filter(pl.col("settled_date").is_null()).height == 0


def test_the_currency_is_asked_where_nobody_gave_it() -> None:
    parsed = parse(Source.of(FILE))
    assert [q.key for q in parsed.questions] == ["currency"]
    assert parsed.rows.height == 0


def test_figures_at_the_end_of_june_2013() -> None:
    """The same figures that the ledger must give after an import, straight from the parsed rows."""
    close = date(2013, 6, 30)
    rows = parse(Source.of(FILE), currency="USD").rows.filter(pl.col("issued_date") <= close)
    open_ = rows.filter(pl.col("settled_date") > close)
    overdue = open_.filter(pl.col("due_date") < close)
    assert (open_.height, open_["amount_minor"].sum()) == (84, 511_985)
    assert (overdue.height, overdue["amount_minor"].sum()) == (12, 83_556)
    sales = rows.filter(pl.col("issued_date") > close - pl.duration(days=90))["amount_minor"].sum()
    assert sales == 1_990_370
