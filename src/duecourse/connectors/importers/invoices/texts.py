"""Text cells made clean: spaces, control characters, spreadsheet tricks that keep leading zeros. Formulas stay text."""

from __future__ import annotations

import polars as pl

_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{200b}\x{feff}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
_GUARDED = r"^'(['=+\-@|%])"
_FORMULA = r"^[=@|]|^[+-]\s*[\p{L}@=(]|^[+-][\d.]+[*/^!|]"
_EMAIL = r"([A-Za-z0-9._%+'&=!#$*/?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"
_NOTHING = ("-", "--", "n/a", "N/A", "null", "NULL", "None", "none", "*None", "\\N", "#N/A", "NaN")


def clean(text: pl.Expr) -> pl.Expr:
    """One line of text, null where nothing is in it. `="0012"` and `'=x` come back as 0012 and =x.

    >>> pl.select(clean(pl.lit('="0012"'))).item(), pl.select(clean(pl.lit("  A \\n B "))).item()
    ('0012', 'A B')
    """
    text = text.str.replace(r'^="(.*)"$', "$1").str.replace(_GUARDED, "$1")
    text = text.str.replace_all(r"[\s\x{00a0}]+", " ").str.replace_all(_CONTROL, "").str.strip_chars()
    return pl.when((text != "") & ~text.is_in(list(_NOTHING))).then(text)


def is_formula(text: pl.Expr) -> pl.Expr:
    """True where a spreadsheet would run the text; phone numbers and negative numbers are none.

    >>> pl.DataFrame({"x": ["=cmd|' /C calc'!A0", "@SUM(1)", "+44 20 7946", "-12.50"]}).select(is_formula(pl.col("x")))["x"].to_list()
    [True, True, False, False]
    """
    return text.str.contains(_FORMULA).fill_null(False)


def first_email(text: pl.Expr) -> pl.Expr:
    """The first e-mail address in a cell that may hold several, or a name around it; null where there is none.

    >>> pl.select(first_email(pl.lit("Ann <Ann@shop.example>; b@x.example"))).item()
    'Ann@shop.example'
    """
    return text.str.extract(_EMAIL, 1)
