"""Money as people write it, read by set into integer minor units of its own currency, exactly or not at all."""

from __future__ import annotations

import polars as pl

from duecourse.connectors.importers.invoices.currencies import SIGNS, exponents

_SPACES = r"[\s\x{00a0}\x{202f}\x{2009}]"
_BODY = r"^\d[\d.,]*$|^[.,]\d+$"
_POINT = r"^(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3})(?:\.\d+)?$|^\.\d+$"
_COMMA = r"^(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?$|^,\d+$"
_DIGITS = 15


def bare(text: pl.Expr) -> pl.Expr:
    """The number without sign, spaces, apostrophes, brackets and currency: `-1'234.50 CHF` → `1234.50`."""
    text = text.str.replace_all(_SPACES, "").str.replace_all(r"['’]", "").str.replace_all("[−–]", "-")
    text = text.str.replace(r"(?i)(cr|dr)\.?$", "").str.replace(r"^\((.*)\)$", "$1").str.replace(r",-+$|\.-+$", "")
    text = text.str.replace(r"^[+-]", "").str.replace(r"-$", "")
    sign = r"(?i)(?:[a-z]{1,3}\$|\p{Sc}|[a-z]{3}|kr\.?|zł|kč|fr\.)"
    return text.str.replace("^" + sign, "").str.replace(sign + "$", "").str.replace(r"^[+-]", "").str.replace(r"-$", "")


def is_negative(text: pl.Expr) -> pl.Expr:
    """Minus before or after, brackets, or CR: all ways to write money that goes the other way."""
    text = text.str.replace_all(_SPACES, "").str.replace_all("[−–]", "-")
    return text.str.contains(r"^[^\d]*-|\d-$|\d-[^\d]+$|^\(.*\)$|(?i)\dcr\.?$") & ~text.str.contains(r"[,.]-+$")


def sign_currency(text: pl.Expr) -> pl.Expr:
    """The currency that stands beside the number, as a code; null where there is none or the sign serves several."""
    beside = text.str.replace_all(_SPACES, "").str.extract(r"(?i)([a-z]{0,3}[$€£₹₺₪₴₩]|zł|kč|[a-z]{3})", 1)
    codes = {code: code for code in exponents()} | SIGNS
    return beside.replace_strict(codes, default=None, return_dtype=pl.String)


def looks_like_money(text: pl.Series) -> pl.Series:
    """True where the text is a number with at most one currency beside it."""
    return text.to_frame("x").select(bare(pl.col("x")).str.contains(_BODY))["x"]


def marks(text: pl.Series) -> tuple[int, int, int]:
    """How many values prove a decimal point, how many a decimal comma, and how many fit both ways (1.234 and 1,234).

    >>> marks(pl.Series(["1,234.50", "12.5", "1,234", "7"]))
    (2, 0, 1)
    """
    text = text.drop_nulls().to_frame("x").select(bare(pl.col("x")))["x"]
    text = text.filter(text.str.contains(_BODY) & text.str.contains("[.,]"))
    comma = text.str.contains(r",\d{1,2}$|,\d{4,}$|\..*,\d|^0?,\d|^\d{4,},\d{3}$|\.\d{3}\.\d{3}|^0,")
    point = text.str.contains(r"\.\d{1,2}$|\.\d{4,}$|,.*\.\d|^0?\.\d|^\d{4,}\.\d{3}$|,\d{2,3},\d{3}|^0\.")
    both = ~comma & ~point
    return int((point & ~comma).sum()), int((comma & ~point).sum()), int(both.sum())


def read_decimal(text: pl.Expr, *, decimal_comma: bool) -> pl.Expr:
    """A signless number in digits with a point, null where the text does not fit the convention: `1.234,5` → `1234.5`."""
    number = bare(text)
    if decimal_comma:
        return pl.when(number.str.contains(_COMMA)).then(
            number.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
        )
    return pl.when(number.str.contains(_POINT)).then(number.str.replace_all(",", "", literal=True))


def to_minor(number: pl.Expr, currency: pl.Expr) -> pl.Expr:
    """Signless minor units; null where there are more decimals than the currency has, or more digits than fit.

    >>> pl.select(to_minor(pl.lit("1234.50"), pl.lit("EUR"))).item(), pl.select(to_minor(pl.lit("1.234"), pl.lit("KWD"))).item()
    (123450, 1234)
    """
    exponent = currency.replace_strict(exponents(), default=None, return_dtype=pl.Int32)
    whole = number.str.extract(r"^(\d*)", 1).fill_null("").str.strip_chars_start("0")
    part = number.str.extract(r"\.(\d+)$", 1).fill_null("").str.strip_chars_end("0")
    digits = pl.concat_str([whole, part.str.pad_end(exponent.cast(pl.UInt32), "0")])
    fits = (part.str.len_chars().cast(pl.Int32) <= exponent) & (whole.str.len_chars() <= _DIGITS) & number.is_not_null()
    value = pl.when(digits == "").then(pl.lit("0")).otherwise(digits).str.to_integer(strict=False, dtype=pl.Int64)
    return pl.when(fits).then(value)
