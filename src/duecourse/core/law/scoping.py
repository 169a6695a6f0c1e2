"""Work out once, for every candidate, whether the big scopes reach it."""

from __future__ import annotations

import polars as pl

from duecourse.core.facts.law import LawFacts
from duecourse.core.law.locating import within


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
    early = _of_debts(scoped, facts, ~pl.col("in_default_when_obtained"), every=True)
    commercial = _of_debts(scoped, facts, pl.col("natural_person_commercial"), every=False)
    spared = _of_debts(scoped, facts, pl.any_horizontal("real_estate_secured", "direct_car_loan"), every=True)
    if spared is not None:
        scoped = scoped.with_columns(capital=pl.col("capital") & ~pl.col("row").is_in(spared.implode()))
    if early is not None:
        scoped = scoped.with_columns(regf=pl.col("regf") & ~pl.col("row").is_in(early.implode()))
    if commercial is not None:
        scoped = scoped.with_columns(
            california=pl.col("california")
            | (within("US-CA") & pl.col("business") & pl.col("row").is_in(commercial.implode()))
        )
    return scoped


def _of_debts(c: pl.DataFrame, facts: LawFacts, test: pl.Expr, *, every: bool) -> pl.Series | None:
    """Rows of which every (or any) debt passes `test`; None where no debt does."""
    marked = facts.debts.filter(test.fill_null(False)).select("customer", "debt")
    if marked.is_empty():
        return None
    pairs = (
        c.select("row", "customer", debt=pl.col("debts"))
        .explode("debt")
        .join(marked.with_columns(hit=pl.lit(True)), on=["customer", "debt"], how="left")
    )
    hits = pairs.group_by("row").agg(
        pl.col("hit").fill_null(False).all() if every else pl.col("hit").fill_null(False).any()
    )
    return hits.filter("hit")["row"]
