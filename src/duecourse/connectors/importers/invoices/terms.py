"""When an invoice falls due where the file gives terms instead of a date."""

from __future__ import annotations

import polars as pl

_NOW = r"(?i)receipt|\bcod\b|c\.o\.d|prepaid|immediate|sofort|réception|reception|comptant|contado|on delivery"
_DAYS = r"(\d{1,3})"


def days_of(text: pl.Expr) -> pl.Expr:
    """Days of credit in words such as Net 30, 30 Tage netto, 2/10 net 30: the longest number; on receipt is 0.

    >>> pl.DataFrame({"t": ["Net 30", "2/10 net 30", "Due on receipt", "soon"]}).select(d=days_of(pl.col("t")))["d"].to_list()
    [30, 30, 0, None]
    """
    longest = text.str.extract_all(_DAYS).list.eval(pl.element().cast(pl.Int32)).list.max()
    days = pl.when(text.str.contains(_NOW) & longest.is_null()).then(0).otherwise(longest)
    return pl.when(days <= 365).then(days)


def due_by_terms(issued: pl.Expr, days: pl.Expr, basis: pl.Expr) -> pl.Expr:
    """The due date. `basis` is MYOB's code: 0 and 1 at once, 2 (or null) days after, 3 that day of the month, 4 days after
    the end of the month, 5 that day of the month after; 31 means the month's last day.

    >>> from datetime import date
    >>> pl.select(due_by_terms(pl.lit(date(2026, 1, 20)), pl.lit(15), pl.lit("4"))).item()
    datetime.date(2026, 2, 15)
    """
    plus = issued + pl.duration(days=days)
    this = _day_of(issued, days)
    return (
        pl.when(basis.is_in(["0", "1"]))
        .then(issued)
        .when(basis == "3")
        .then(pl.when(this < issued).then(_day_of(issued.dt.offset_by("1mo"), days)).otherwise(this))
        .when(basis == "4")
        .then(issued.dt.month_end() + pl.duration(days=days))
        .when(basis == "5")
        .then(_day_of(issued.dt.month_start().dt.offset_by("1mo"), days))
        .otherwise(plus)
    )


def _day_of(month: pl.Expr, day: pl.Expr) -> pl.Expr:
    wanted = month.dt.month_start() + pl.duration(days=day - 1)
    return pl.min_horizontal(wanted, month.dt.month_end())
