"""What the values of a column look like, as shares of its filled cells between 0 and 1."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from duecourse.connectors.importers.invoices.countries import country_codes
from duecourse.connectors.importers.invoices.currencies import SIGNS, exponents
from duecourse.connectors.importers.invoices.dates import looks_like_date
from duecourse.connectors.importers.invoices.money import looks_like_money
from duecourse.connectors.importers.invoices.status import DOCUMENTS, KINDS, STATUSES

SAMPLE = 500
_EMAIL = r"^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]{2,}"
_PHONE = r"^\+?[\d\s()./-]{6,20}$"
_TERMS = r"(?i)^\D{0,24}\d{1,3}\D{0,30}$|receipt|cod|eom|prepaid|sofort|reception|contado"
_LANGUAGE = r"(?i)^[a-z]{2}([-_][a-z]{2})?$|^(english|german|deutsch|french|francais|français|spanish|español|espanol|englisch)$"


@dataclass(frozen=True)
class Evidence:
    """Shares over the filled cells of the sample; `filled` is their number and `distinct` the share of different ones."""

    filled: int
    distinct: float
    dates: float
    money: float
    decimals: float
    whole: float
    letters: float
    spaces: float
    digits: float
    shares: dict[str, float]


def gather(cells: pl.Series, native: pl.Series) -> Evidence:
    """Look at up to 500 filled cells spread over the column."""
    frame = pl.DataFrame({"x": cells, "n": native}).filter(
        pl.col("x").is_not_null() & (pl.col("x").str.strip_chars() != "")
    )
    if frame.height > SAMPLE:
        frame = frame.gather_every(frame.height // SAMPLE).head(SAMPLE)
    text = frame["x"].str.strip_chars()
    lower = text.str.to_lowercase()
    date = looks_like_date(text)

    def share(mask: pl.Series) -> float:
        return float(mask.mean() or 0.0)  # type: ignore[arg-type]

    return Evidence(
        filled=frame.height,
        distinct=text.n_unique() / frame.height if frame.height else 0.0,
        dates=share(date),
        money=share(looks_like_money(text) & ~date),
        decimals=share(text.str.contains(r"[.,]\d{2}\b|[€$£]")),
        whole=share(text.str.contains(r"^\d+$")),
        letters=share(text.str.contains(r"\p{L}{2}")),
        spaces=share(text.str.contains(r"\s")),
        digits=share(text.str.contains(r"\d")),
        shares={
            "email": share(text.str.contains(_EMAIL)),
            "phone": share(text.str.contains(_PHONE) & ~date),
            "currency": share(text.str.to_uppercase().is_in(list(exponents())) | text.is_in([*SIGNS, "$", "¥"])),
            "country": share(lower.is_in(list(country_codes()))),
            "terms": share(text.str.contains(_TERMS) & ~date),
            "status": share(lower.is_in(list(STATUSES))),
            "document": share(lower.is_in(list(DOCUMENTS))),
            "kind": share(lower.is_in(list(KINDS))),
            "language": share(text.str.contains(_LANGUAGE)),
            "timezone": share(text.str.contains(r"^[A-Z][A-Za-z]+/[A-Z]|^UTC|^GMT")),
        },
    )


def fits(shape: str, e: Evidence) -> float:
    """How well values of a column suit a field's shape: 1 well, 0.15 hardly; 0.9 where there are no values to judge."""
    if e.filled == 0:
        return 0.9
    if shape in ("date", "money"):
        share = e.dates if shape == "date" else e.money
        return 1.0 if share >= 0.8 else 0.7 if share >= 0.5 else 0.15
    if shape == "number":
        return 1.0 if e.money >= 0.8 else 0.15
    if shape == "reference":
        return (
            0.15
            if e.dates > 0.5 or e.shares["email"] > 0.5 or (e.decimals > 0.8 and e.money > 0.8)
            else 1.0
            if e.digits >= 0.5
            else 0.5
        )
    if shape == "code":
        return 0.15 if e.dates > 0.5 or e.shares["email"] > 0.5 or (e.spaces > 0.6 and e.digits < 0.3) else 1.0
    if shape == "name":
        return 1.0 if e.letters >= 0.5 and e.dates < 0.5 and e.shares["email"] < 0.5 else 0.15
    if shape in ("status", "document", "kind", "country", "terms"):
        return 1.0 if e.shares[shape] >= 0.5 else 0.4
    if shape in e.shares:
        return 1.0 if e.shares[shape] >= 0.6 else 0.7 if e.shares[shape] >= 0.3 else 0.2
    return 0.6 if e.dates > 0.8 else 1.0
