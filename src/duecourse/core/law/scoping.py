"""Work out once, for every candidate, whether the big scopes reach it."""

from __future__ import annotations

import polars as pl

from duecourse.core.facts.law import LawFacts
from duecourse.core.law.locating import within

DEBTS = {  # what a debt may say of itself, and whether every debt of an act must
    "spared": (pl.any_horizontal("real_estate_secured", "direct_car_loan").fill_null(False), True),
    "early": ((~pl.col("in_default_when_obtained")).fill_null(False), True),
    "commercial": (pl.col("natural_person_commercial").fill_null(False), False),
}


def with_scopes(c: pl.DataFrame, facts: LawFacts) -> pl.DataFrame:
    """Add `regf`, `california` and `capital`.

    regf: a consumer's debt, linked to the United States, in a debt collector's hands (12 CFR 1006.2(h), (i)); not
    where every debt
    named was obtained before default (1006.2(i)(2)(vi)(C)).
    california: a creditor's own collection under Cal. Civ. Code 1788.17, or of a natural person's commercial debt (SB
    1286).
    capital: a consumer's debt under D.C. Code 28-3814; not where every debt named is secured by real estate or is a direct
    car loan.
    """
    third = pl.col("third_party")
    scoped = c.with_columns(
        regf=within("US") & pl.col("consumer") & third,
        california=within("US-CA") & pl.col("consumer") & ~third,
        capital=within("US-DC") & pl.col("consumer"),
    )
    if facts.debts.is_empty():
        return scoped
    marked = facts.debts.select(**{name: test.any() for name, (test, _) in DEBTS.items()}).row(0, named=True)
    rows = {name: _of_debts(scoped, facts, *DEBTS[name]).implode() for name, any_ in marked.items() if any_}
    spared, early, commercial = (pl.col("row").is_in(rows[name]) if name in rows else pl.lit(False) for name in DEBTS)
    return scoped.with_columns(
        capital=pl.col("capital") & ~spared,
        regf=pl.col("regf") & ~early,
        california=pl.col("california") | (within("US-CA") & pl.col("business") & commercial),
    )


def _of_debts(c: pl.DataFrame, facts: LawFacts, test: pl.Expr, every: bool) -> pl.Series:
    """Rows of which every (or any) debt passes `test`."""
    marked = facts.debts.filter(test).select("customer", "debt")
    pairs = (
        c.select("row", "customer", debt=pl.col("debts"))
        .explode("debt")
        .join(marked.with_columns(hit=pl.lit(True)), on=["customer", "debt"], how="left")
    )
    hits = pairs.group_by("row").agg(
        pl.col("hit").fill_null(False).all() if every else pl.col("hit").fill_null(False).any()
    )
    return hits.filter("hit")["row"]
