"""Every way out that the limits allow and the customer can afford: candidates, in a fixed order, for a batch of cases."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from duecourse.core.money.currency import scaled
from duecourse.core.money.offers.policy import Policy

SOONEST_DAYS = 7
"""Nothing is asked for within a week of agreeing."""
LUMP_DAYS = 14
MONTHS = (2, 3, 6, 9, 12, 18, 24, 36, 48, 60)
_A_YEAR = {"month": 12, "payday": 12, "fortnight": 26, "week": 52}
FIT = 100
"""Per cent of the spare money that an option may take."""


def with_limits(cases: pl.DataFrame, policy: Policy, *, role: str, hardship: bool) -> pl.DataFrame:
    """Cases with months, extend_days, settle_bp and least: what `role` may offer. `hardship` asks for the wider limits."""
    limits = []
    for currency, minor in cases.select("currency", "open").iter_rows():
        one = policy.limit(role, minor, currency, hardship=hardship)
        limits.append((one.months, one.extend_days, one.settle_bp, one.least_instalment))
    names = ["months", "extend_days", "settle_bp", "least"]
    found = pl.DataFrame(limits, schema=dict.fromkeys(names, pl.Int64), orient="row")
    return pl.concat([cases, found], how="horizontal")


def candidates(cases: pl.DataFrame, policy: Policy, *, today: date) -> pl.DataFrame:
    """Rows of OPTIONS without their worth, with `open`, `spare`, `lump` and `rank` (a fixed order); cases as `with_limits` gives them."""
    found = [
        *(_plan(cases, pl.lit(months, pl.Int64), today) for months in MONTHS),
        _plan(cases, _longest(), today),
        _extension(cases, today, pl.lit(30, pl.Int64)),
        _extension(cases, today, pl.col("extend_days")),
        _reduction(cases, policy, today),
        _breathing(cases, policy, today),
        _settlement(cases, today),
        _early(cases, policy, today),
        _inflows(cases),
    ]
    ranked = [frame.with_columns(rank=pl.lit(i, pl.Int16)) for i, frame in enumerate(found)]
    return pl.concat(ranked, how="diagonal_relaxed").filter(pl.col("each") > 0)


def _longest() -> pl.Expr:
    """The most months that the limits and the smallest instalment allow."""
    return pl.min_horizontal("months", pl.col("open") // pl.col("least")).clip(lower_bound=1)


def _first(today: date) -> date:
    """The first of a month, a week ahead or more."""
    ahead = today + timedelta(days=SOONEST_DAYS)
    return ahead if ahead.day == 1 else (ahead.replace(day=1) + timedelta(days=32)).replace(day=1)


def _kept(frame: pl.DataFrame, **columns: pl.Expr) -> pl.DataFrame:
    base = ["case", "open", "spare", "lump", "currency", "hardship"]
    none: dict[str, pl.Expr] = {
        "every": pl.lit("once"), "count": pl.lit(1), "forgiven": pl.lit(0), "reduced": pl.lit(0), "reduced_each": pl.lit(0),
        "review": pl.lit(None, pl.Date),
    }  # fmt: skip
    return frame.select(*base, **{**none, **columns})


def _plan(cases: pl.DataFrame, months: pl.Expr, today: date) -> pl.DataFrame:
    a_year = pl.col("every").replace_strict(_A_YEAR, default=12, return_dtype=pl.Int64)
    wanted = pl.max_horizontal(months * a_year // 12, pl.lit(2))
    each = -(-pl.col("open") // wanted)
    count = -(-pl.col("open") // each)
    first = pl.lit(_first(today))
    last = first + pl.duration(days=(count - 1) * 365 // a_year)
    # The most in a month: weeks and fortnights can fall five and three times in one.
    a_month = pl.col("every").replace_strict({"week": 5, "fortnight": 3}, default=1, return_dtype=pl.Int64)
    fits = (months <= pl.col("months")) & ((each >= pl.col("least")) | (count == 1)) & (count > 1)
    return _kept(
        cases.filter(fits),
        way=pl.when(pl.col("debts") > 1).then(pl.lit("consolidation")).otherwise(pl.lit("plan")),
        every=pl.col("every"),
        count=count,
        each=each,
        first=first,
        last=last,
        total=pl.col("open"),
        monthly=pl.min_horizontal(each * a_month, "open"),
    )


def _extension(cases: pl.DataFrame, today: date, days: pl.Expr) -> pl.DataFrame:
    start = pl.max_horizontal(pl.col("due"), pl.lit(today))
    by = start + pl.duration(days=days)
    # What can be put aside until then counts toward the one payment.
    months = pl.max_horizontal((by - pl.lit(today)).dt.total_days() // 30, pl.lit(1))
    return _kept(
        cases.filter((days <= pl.col("extend_days")) & (days > 0)),
        way=pl.lit("extension"),
        each=pl.col("open"),
        first=by,
        last=by,
        total=pl.col("open"),
        monthly=-(-pl.col("open") // months),
    )


def _reduction(cases: pl.DataFrame, policy: Policy, today: date) -> pl.DataFrame:
    """Half of the spare money for three months, then we look again; the rest is in equal parts until the limit."""
    reduced = int(policy.raw["hardship"]["reduced_months"])
    tenth = -(-pl.col("open") // (10 * reduced))
    least = pl.min_horizontal("least", tenth).clip(lower_bound=1)
    small = pl.max_horizontal(pl.col("spare").fill_null(-1) // 2, least)
    small = pl.when(pl.col("spare").is_null()).then(tenth).otherwise(small)
    rest = pl.col("open") - small * reduced
    after = pl.max_horizontal(pl.col("months") - reduced, pl.lit(1))
    then = -(-rest // after)
    first = _first(today)
    last = pl.lit(first) + pl.duration(days=(reduced + (-(-rest // then)) - 1) * 365 // 12)
    review = (first.replace(day=1) + timedelta(days=32 * (reduced - 1))).replace(day=1) + timedelta(days=14)
    return _kept(
        cases.filter((rest > 0) & (small < pl.col("open")) & (then >= small)),
        way=pl.lit("reduction"),
        every=pl.lit("month"),
        count=reduced + (-(-rest // then)),
        each=then,
        reduced=pl.lit(reduced),
        reduced_each=small,
        first=pl.lit(first),
        last=last,
        review=pl.lit(review),
        total=pl.col("open"),
        monthly=small,
    )


def _breathing(cases: pl.DataFrame, policy: Policy, today: date) -> pl.DataFrame:
    """Nothing for a while; then we look again, before the first of equal parts."""
    first = _first(today + timedelta(days=policy.raw["hardship"]["breathing_days"]))
    each = -(-pl.col("open") // _longest())
    count = -(-pl.col("open") // each)
    return _kept(
        cases,
        way=pl.lit("reduction"),
        every=pl.lit("month"),
        count=count,
        each=each,
        first=pl.lit(first),
        last=pl.lit(first) + pl.duration(days=(count - 1) * 365 // 12),
        review=pl.lit(first - timedelta(days=14)),
        total=pl.col("open"),
        monthly=pl.lit(0),
    )


def _settlement(cases: pl.DataFrame, today: date) -> pl.DataFrame:
    """Part of the sum at once, and the rest is let go: only where a lump is there and cannot cover the whole."""
    total = -(-pl.col("open") * (10_000 - pl.col("settle_bp")) // 10_000)
    late = (pl.lit(today) - pl.col("due")).dt.total_days() >= 60
    by = pl.lit(today + timedelta(days=LUMP_DAYS))
    has = (pl.col("lump") >= total) & (pl.col("lump") < pl.col("open"))
    return _kept(
        cases.filter((pl.col("settle_bp") > 0) & late & has & (total > 0)),
        way=pl.lit("settlement"),
        each=total,
        first=by,
        last=by,
        total=total,
        forgiven=pl.col("open") - total,
        monthly=total,
    )


def _early(cases: pl.DataFrame, policy: Policy, today: date) -> pl.DataFrame:
    """A little off for paying before the due date; never once it has come."""
    early = policy.raw["early"]
    by = pl.col("due") - pl.duration(days=early["days_before"])
    off = pl.col("open") * early["discount_bp"] // 10_000
    one = scaled(1, pl.col("currency")).clip(lower_bound=1)
    return _kept(
        cases.filter((by >= pl.lit(today)) & (off >= one) & (pl.col("debts") == 1)),
        way=pl.lit("early_discount"),
        each=pl.col("open") - off,
        first=by,
        last=by,
        total=pl.col("open") - off,
        forgiven=off,
        monthly=pl.col("open") - off,
    )


def _inflows(cases: pl.DataFrame) -> pl.DataFrame:
    """On the days on which a firm expects money, as much as it said, until the sum is covered."""
    told = cases.filter(pl.col("inflows").list.len() > 0)
    if told.is_empty():
        return _kept(told, way=pl.lit(""), each=pl.lit(0), first=pl.col("due"), last=pl.col("due"), total=pl.col("open"),
                     monthly=pl.lit(0))  # fmt: skip
    days = (
        told.select("case", "open", "inflows")
        .explode("inflows")
        .unnest("inflows")
        .group_by("case", "day")
        .agg(pl.col("minor").sum(), pl.col("open").first())
        .filter(pl.col("minor") > 0)
        .sort("case", "day")
        .with_columns(before=pl.col("minor").cum_sum().over("case") - pl.col("minor"))
        .filter(pl.col("before") < pl.col("open"))
        .group_by("case", maintain_order=True)
        .agg(
            n=pl.len(),
            first=pl.col("day").min(),
            last=pl.col("day").max(),
            got=pl.col("minor").sum(),
            most=pl.col("minor").max(),
        )
    )
    joined = told.join(days, on="case", maintain_order="left").filter(pl.col("got") >= pl.col("open"))
    return _kept(
        joined,
        way=pl.lit("plan"),
        every=pl.lit("inflows"),
        count=pl.col("n"),
        each=pl.min_horizontal("most", "open"),
        first=pl.col("first"),
        last=pl.col("last"),
        total=pl.col("open"),
        monthly=pl.min_horizontal("most", "open"),
    )
