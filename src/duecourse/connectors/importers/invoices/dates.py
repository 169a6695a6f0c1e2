"""Dates as people write them, read by set once the order of day and month is known."""

from __future__ import annotations

import polars as pl

_ISO = r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$"
_COMPACT = r"^((?:19|20)\d{2})(\d{2})(\d{2})$"
_NUMERIC = r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[T ,].*)?$"
_DOTTED = r"^\d{1,2}\.\d{1,2}\.(\d{4}|\d{2})\b"
_DAY_NAME = r"^(?:\p{L}{2,10}\.?,?\s+)?"
_DAY_MONTH = (
    _DAY_NAME
    + r"(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s\-/]*(?:de\s+|of\s+)?(\p{L}{3,10})\.?[\s\-/,]*(?:de\s+|del\s+)?(\d{4}|\d{2})$"
)
_MONTH_DAY = r"^(\p{L}{3,10})\.?[\s\-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s\-]+(\d{4})$"

_MONTHS = (
    "jan januar january janvier janv enero ene jänner janner",
    "feb februar february fevrier fevr febrero feber",
    "mar marz march mars marzo mrz maerz",
    "apr april avril avr abril abr",
    "may mai mayo",
    "jun juni june juin junio",
    "jul juli july juillet juil julio",
    "aug august aout agosto ago",
    "sep sept september septembre septiembre set setiembre",
    "oct okt oktober october octobre octubre",
    "nov november novembre noviembre",
    "dec dez dezember december decembre diciembre dic",
)
_NAMES = {name: str(number) for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_ACCENTS = (("é", "e"), ("è", "e"), ("û", "u"), ("ä", "a"), ("ú", "u"))


def looks_like_date(text: pl.Series) -> pl.Series:
    """True where the text has the shape of a date in any order. Nulls stay null."""
    text = text.str.strip_chars()
    named = text.str.contains(_DAY_MONTH) | text.str.contains(_MONTH_DAY)
    return text.str.contains(_ISO) | text.str.contains(_COMPACT) | text.str.contains(_NUMERIC) | named


def orders(text: pl.Series) -> tuple[int, int, int]:
    """How many values prove that the day comes first, how many that the month does, and how many fit both ways.

    Values such as 03/03/2026 fit both ways and mean the same, so they count for nothing; a date with dots puts the day first.

    >>> orders(pl.Series(["31/01/2026", "01/02/2026", "3/3/2026", None]))
    (1, 0, 1)
    """
    text = text.drop_nulls().str.strip_chars()
    text = text.filter(text.str.contains(_NUMERIC))
    dotted = text.str.contains(_DOTTED)
    a = text.str.extract(_NUMERIC, 1).cast(pl.Int32)
    b = text.str.extract(_NUMERIC, 2).cast(pl.Int32)
    day_first = (a > 12) & (b <= 12)
    month_first = (b > 12) & (a <= 12)
    open_ = (a <= 12) & (b <= 12) & (a != b)
    return int((day_first | (open_ & dotted)).sum()), int(month_first.sum()), int((open_ & ~dotted).sum())


def read_dates(text: pl.Expr, *, day_first: bool) -> pl.Expr:
    """Dates; null where the text is none, or is a day that does not exist.

    >>> pl.select(read_dates(pl.lit("3. März 2026"), day_first=True)).item()
    datetime.date(2026, 3, 3)
    """
    text = text.str.strip_chars()
    iso = _join(*(text.str.extract(_ISO, i) for i in (1, 2, 3)))
    compact = _join(*(text.str.extract(_COMPACT, i) for i in (1, 2, 3)))
    first, second = (2, 1) if day_first else (1, 2)
    numeric = _join(
        _year(text.str.extract(_NUMERIC, 3)), text.str.extract(_NUMERIC, first), text.str.extract(_NUMERIC, second)
    )
    day_month = _join(
        _year(text.str.extract(_DAY_MONTH, 3)), _month(text.str.extract(_DAY_MONTH, 2)), text.str.extract(_DAY_MONTH, 1)
    )
    month_day = _join(
        text.str.extract(_MONTH_DAY, 3), _month(text.str.extract(_MONTH_DAY, 1)), text.str.extract(_MONTH_DAY, 2)
    )
    read = pl.coalesce(iso, compact, numeric, day_month, month_day).str.to_date("%Y-%m-%d", strict=False)
    return pl.when(read.dt.year().is_between(1950, 2100)).then(read)


def _join(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    return pl.concat_str([year, month.str.pad_start(2, "0"), day.str.pad_start(2, "0")], separator="-")


def _year(text: pl.Expr) -> pl.Expr:
    """Two digits mean 1970 to 2069."""
    short = pl.when(text.cast(pl.Int32) >= 70).then(pl.lit("19") + text).otherwise(pl.lit("20") + text)
    return pl.when(text.str.len_chars() == 2).then(short).otherwise(text)


def _month(name: pl.Expr) -> pl.Expr:
    name = name.str.to_lowercase()
    for accent, plain in _ACCENTS:
        name = name.str.replace_all(accent, plain, literal=True)
    return name.replace_strict(_NAMES, default=None, return_dtype=pl.String)
