"""On what basis an email address may be used about a debt: the three limbs of 12 CFR 1006.6(d)(4)."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import Docket, bound

LIMB = pl.Schema({"row": pl.UInt32(), "limb": pl.String(), "holds": pl.Boolean(), "opens_on": pl.Date()})
NOTICE_DAYS = 35  # 1006.6(d)(4)(ii)(C)(5)


def limbs(docket: Docket, rows: pl.DataFrame) -> pl.DataFrame:
    """(row, limb i|ii|iii, holds, opens_on) for `rows` (row, customer, t, known, person, point, debts, zone).

    `holds` false with `opens_on`: limb (ii) will hold from that day. Opt-outs are judged by 1006.14(h), not here.
    """
    found = [pl.DataFrame(schema=LIMB)]
    if rows.height:
        read = {_by_creditor: "creditor_notices", _by_prior: "prior_collectors", _on_record: "points"}
        found.append(_by_consumer(docket, rows))
        found += [limb(docket, rows) for limb, name in read.items() if not getattr(docket.facts, name).is_empty()]
    return pl.concat(found)


def _by_consumer(docket: Docket, rows: pl.DataFrame) -> pl.DataFrame:
    """(i): the consumer wrote from it to us, or consented to us directly."""
    given = docket.facts.consents.filter(pl.col("kind") == "email", pl.col("given_to") == "collector")
    wrote = docket.facts.log.filter(
        pl.col("direction") == "in",
        pl.col("channel") == "email",
        pl.col("by_us").fill_null(True),
        pl.col("about_debt").fill_null(True),
    ).select("customer", "person", "point", "at")
    both = [
        bound(rows.join(f, on="customer", suffix="_f"), ["person", "point"], f.columns).select("row")
        for f in (given, wrote)
    ]
    return _holding(pl.concat(both), "i")


def _by_creditor(docket: Docket, rows: pl.DataFrame) -> pl.DataFrame:
    """(ii): obtained and used by the creditor, complete notice, 35 days, period over, no opt-out, public domain, not
    the employer's."""
    notices = docket.facts.creditor_notices
    met = bound(rows.join(notices, on="customer", suffix="_f"), ["point"], notices.columns)
    if met.is_empty():
        return pl.DataFrame(schema=LIMB)
    lawful = met.filter(
        "complete",
        "obtained_from_consumer",
        "used_for_account",
        pl.col("domain_public"),
        ~pl.col("asked_creditor_to_stop").fill_null(False),
        ~pl.col("employer_known").fill_null(False),
        pl.col("opted_out_at").is_null() | (pl.col("opted_out_at") > pl.col("known")),
        (pl.col("opt_out_by_on") - pl.col("sent_on")).dt.total_days() >= NOTICE_DAYS,
    )
    if lawful.is_empty():
        return pl.DataFrame(schema=LIMB)
    return lawful.with_columns(today=docket.local(lawful, "t").dt.date()).select(
        "row",
        limb=pl.lit("ii"),
        holds=pl.col("today") > pl.col("opt_out_by_on"),
        opens_on=pl.col("opt_out_by_on").dt.offset_by("1d"),
    )


def _by_prior(docket: Docket, rows: pl.DataFrame) -> pl.DataFrame:
    """(iii): some prior collector obtained it rightly, the immediately prior one used it, and nobody was opted out
    of."""
    chain = docket.facts.prior_collectors
    met = bound(rows.join(chain, on="customer", suffix="_f"), ["point"], chain.columns)
    good = (
        met.group_by("row")
        .agg(
            rightly=pl.col("obtained").fill_null(False).any(),
            used=(pl.col("used_email").fill_null(False) & (pl.col("position") == 1)).any(),
            left=pl.col("opted_out").fill_null(False).any(),
        )
        .filter("rightly", "used", ~pl.col("left"))
    )
    return _holding(good.select("row"), "iii")


def _on_record(docket: Docket, rows: pl.DataFrame) -> pl.DataFrame:
    """A basis that was established elsewhere and is noted with the address."""
    points = docket.facts.points.filter(pl.col("basis").str.starts_with("6(d)(4)"))
    met = bound(rows.join(points, on="customer", suffix="_f"), ["person", "point"], points.columns)
    return met.select(
        "row",
        limb=pl.col("basis").str.extract(r"6\(d\)\(4\)\((i+)\)"),
        holds=pl.lit(True),
        opens_on=pl.lit(None, dtype=pl.Date),
    )


def _holding(rows: pl.DataFrame, limb: str) -> pl.DataFrame:
    return rows.select("row", limb=pl.lit(limb), holds=pl.lit(True), opens_on=pl.lit(None, dtype=pl.Date))
