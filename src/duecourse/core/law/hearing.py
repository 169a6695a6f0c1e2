"""Hear every rule on one docket and gather what they found."""

from __future__ import annotations

import polars as pl

from duecourse.core.facts.law_candidates import CONTENT
from duecourse.core.law.docket import BLOCK, FINDING, PASS, Docket, findings
from duecourse.core.law.rule import Finder, Flag
from duecourse.core.law.rules import RULES

HEARD = pl.Schema({**FINDING, "rule": pl.Int16()})


def hear(docket: Docket, *, house: bool) -> pl.DataFrame:
    """Findings of all rules in force: row, outcome, until, detail, rule (position in RULES)."""
    active = [
        (position, rule)
        for position, rule in enumerate(RULES)
        if rule.id in docket.rules and (house or docket.rules[rule.id].label != "policy" or rule.id.startswith("SCOPE-"))
    ]
    heard = _flags(docket, [(p, r) for p, r in active if isinstance(r, Flag)])
    for position, rule in active:
        if isinstance(rule, Finder):
            found = _finder(docket, rule)
            if found is not None and found.height:
                heard.append(found.with_columns(rule=pl.lit(position, dtype=pl.Int16)))
    gathered = pl.concat([frame.select(HEARD.names()) for frame in heard]) if heard else pl.DataFrame(schema=HEARD)
    return _with_kept(docket, active, gathered) if docket.trace else gathered


def _flags(docket: Docket, flags: list[tuple[int, Flag]]) -> list[pl.DataFrame]:
    """All flag rules in one pass over the candidates."""
    tests: dict[str, pl.Expr] = {}
    absent: set[str] = set()
    for position, rule in flags:
        must = rule.required and docket.rendered
        if not docket.has(*rule.needs) and not must:
            continue
        absent |= {name for name in rule.needs if name not in docket.c.columns}
        test = rule.breach(docket.rules[rule.id].numbers).fill_null(False)
        if must:
            test = test | pl.any_horizontal(pl.col(name).is_null() for name in rule.needs)
        tests[str(position)] = rule.scope & test
    if not tests:
        return []
    hits = docket.c.with_columns(pl.lit(None, dtype=CONTENT[name]).alias(name) for name in absent).select("row", **tests)
    heard = []
    for position, rule in flags:
        name = str(position)
        if name in tests and hits[name].any():
            rows = hits.filter(name)
            heard.append(findings(rows, BLOCK, rule.says).with_columns(rule=pl.lit(position, dtype=pl.Int16)))
    return heard


def _finder(docket: Docket, rule: Finder) -> pl.DataFrame | None:
    if rule.facts and all(getattr(docket.facts, name).is_empty() for name in rule.facts):
        return None
    return rule.find(docket, rule.scope, docket.rules[rule.id].numbers)


def _with_kept(docket: Docket, active: list[tuple[int, Flag | Finder]], heard: pl.DataFrame) -> pl.DataFrame:
    """Add a `pass` for each rule that reached a candidate and found nothing."""
    kept = [heard]
    for position, rule in active:
        if isinstance(rule, Flag) and not all(name in docket.c.columns for name in rule.needs):
            continue
        mine = heard.filter(pl.col("rule") == position)
        rows = docket.c.filter(rule.scope).select("row").join(mine, on="row", how="anti")
        kept.append(
            rows.select(
                "row",
                outcome=pl.lit(PASS, dtype=pl.Int8),
                until=pl.lit(None, dtype=FINDING["until"]),
                detail=pl.lit("kept"),
                rule=pl.lit(position, dtype=pl.Int16),
            )
        )
    return pl.concat(kept)
