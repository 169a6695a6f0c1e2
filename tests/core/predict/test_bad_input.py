"""Books that are odd: each gives figures or says that it cannot, and never an error or a made-up number."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from duecourse.core.predict.book import NOT_ENOUGH, fit_book, outlook
from duecourse.core.predict.evaluate import evaluate
from duecourse.core.predict.invoices import SCHEMA, Invoices, day_number
from duecourse.core.predict.model import SILENT
from tests.core.predict import books

TODAY = date(2026, 2, 1)
NORMAL = books.habits(15, 30)
FAR = date(9999, 12, 31)


def _open(frame):
    return frame.with_columns(settled=pl.when(pl.col("due") < TODAY).then("settled"))


ODD = {
    "nothing at all": pl.DataFrame(schema=dict(SCHEMA)),
    "one invoice": NORMAL.head(1),
    "one customer": books.habits(1, 300),
    "all paid": NORMAL,
    "none paid": NORMAL.with_columns(settled=pl.lit(None, pl.Date)),
    "negative amounts": NORMAL.with_columns(-pl.col("amount")),
    "no amounts": NORMAL.with_columns(amount=0),
    "one payer with most rows": pl.concat([NORMAL, books.habits(1, 600, seed=4).with_columns(customer=pl.lit("big"))]),
    "due in the far future": NORMAL.with_columns(
        due=pl.when(pl.int_range(pl.len()) % 9 == 0).then(pl.lit(FAR)).otherwise("due")
    ),
    "settled in the future": NORMAL.with_columns(pl.col("settled") + timedelta(days=3000)),
    "settled before it was issued": NORMAL.with_columns(settled=pl.col("issued") - timedelta(days=90)),
    "first day of the calendar": NORMAL.with_columns(issued=pl.lit(date(1, 1, 1))),
    "currencies mixed": NORMAL.with_columns(
        currency=pl.int_range(pl.len()).replace_strict({}, default="GBP") + pl.lit("")
    ),
    "every currency once": NORMAL.with_columns(currency=pl.int_range(pl.len()).cast(pl.String)),
    "each customer once": NORMAL.with_columns(customer=pl.int_range(pl.len()).cast(pl.String)),
    "all on one day": NORMAL.with_columns(due=pl.lit(date(2025, 6, 1)), settled=pl.lit(date(2025, 6, 20))),
    "huge amounts": NORMAL.with_columns(amount=pl.lit(2**62)),
}


@pytest.mark.parametrize("name", ODD)
def test_evaluate(name):
    found = evaluate(Invoices.of(ODD[name]), split=day_number(date(2025, 12, 1)), known_days=3)
    for figure in ("mae", "rmse", "brier_late", "interval_coverage"):
        value = found.report[figure]
        assert value is None or np.isfinite(value)
    if found.forecast is None:
        assert found.report["mae"] is None
    else:
        told = found.forecast
        assert (told.low <= told.middle).all()
        assert (told.middle <= told.high).all()
        assert ((told.late >= 0) & (told.late <= 1)).all()


@pytest.mark.parametrize("name", ODD)
def test_fit_and_outlook(name):
    book = Invoices.of(_open(ODD[name]))
    model = fit_book(book, until=TODAY)
    told = outlook(book, model, today=TODAY)
    assert told["row"].to_list() == [i for i in range(book.size) if book.settled[i] >= day_number(TODAY)
                                     and book.issued[i] <= day_number(TODAY)]  # fmt: skip
    if model.days_by == SILENT:
        assert set(told["rests_on"]) <= {NOT_ENOUGH}
        assert told["p_late"].null_count() == told.height
    else:
        assert told["expected"].null_count() == 0
        assert (told["expected"] >= TODAY).all()


def test_none_paid_is_not_called_late_for_sure_without_saying_so():
    """Open invoices long overdue count as late as they are; nobody's first invoice is called paid."""
    model = fit_book(Invoices.of(ODD["none paid"]), until=TODAY)
    assert model.days_by == SILENT or model.prior.late == 1.0
