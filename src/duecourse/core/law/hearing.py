"""Hear every rule on one docket and gather what they found."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from duecourse.core.facts.law_candidates import CONTENT
from duecourse.core.law.docket import BLOCK, FINDING, PASS, Docket, findings
from duecourse.core.law.rule import Finder, Flag, Rule
from duecourse.core.law.rules import RULES

HEARD = pl.Schema({**FINDING, "rule": pl.Int16(), "policy": pl.Int16()})


def seat(docket: Docket, *, house: bool) -> Docket:
    """Mark once which candidates each finder reaches (columns `_s<position>`); rules that reach nobody are never
    called."""
    marks = [
        rule.scope.alias(_mark(position))
        for position, rule in _active(docket, house=house)
        if isinstance(rule, Finder) and not _idle(docket, rule)
    ]
    return replace(docket, c=docket.c.with_columns(marks))


def hear(docket: Docket, *, house: bool, later: bool = False) -> pl.DataFrame:
    """Findings of all rules in force on a seated docket: row, outcome, until, detail, rule (position in RULES),
    policy (1 where the rule is one of the house).

    later: the same acts at a later instant, so only rules whose answer may change with time are heard.
    """
    active = _active(docket, house=house)
    heard = [] if later else _flags(docket, [(p, r) for p, r in active if isinstance(r, Flag)])
    reached = docket.c.select(pl.col("^_s[0-9]+$").any())
    called = dict(zip(reached.columns, reached.row(0), strict=True)) if reached.height else {}
    for position, rule in active:
        if isinstance(rule, Finder) and called.get(_mark(position)) and not (later and rule.lasting):
            found = rule.find(docket, pl.col(_mark(position)), docket.rules[rule.id].numbers)
            if found.height:
                heard.append(_signed(docket, found, position, rule))
    gathered = pl.concat([frame.select(HEARD.names()) for frame in heard]) if heard else pl.DataFrame(schema=HEARD)
    return _with_kept(docket, active, gathered) if docket.trace else gathered


def _mark(position: int) -> str:
    return f"_s{position}"


def _active(docket: Docket, *, house: bool) -> list[tuple[int, Rule]]:
    return [
        (position, rule)
        for position, rule in enumerate(RULES)
        if rule.id in docket.rules
        and (house or docket.rules[rule.id].label != "policy" or rule.id.startswith("SCOPE-"))
    ]


def _idle(docket: Docket, rule: Finder) -> bool:
    return bool(rule.facts) and all(getattr(docket.facts, name).is_empty() for name in rule.facts)


def _flags(docket: Docket, flags: list[tuple[int, Flag]]) -> list[pl.DataFrame]:
    """All flag rules in one pass over the candidates."""
    tests: dict[str, pl.Expr] = {}
    absent: set[str] = set()
    for position, rule in flags:
        final = docket.rendered and rule.missing is not None
        if not docket.has(*rule.needs) and not final:
            continue
        absent |= {name for name in rule.needs if name not in docket.c.columns}
        test = rule.breach(docket.rules[rule.id].numbers).fill_null(False)
        if docket.rendered and rule.missing is not None:
            test = test | rule.missing
        tests[str(position)] = rule.scope & test
    if not tests:
        return []
    hits = docket.c.with_columns(pl.lit(None, dtype=CONTENT[name]).alias(name) for name in absent).select(
        "row", **tests
    )
    heard = []
    for position, rule in flags:
        name = str(position)
        if name in tests and hits[name].any():
            rows = hits.filter(name)
            heard.append(_signed(docket, findings(rows, BLOCK, rule.says), position, rule))
    return heard


def _signed(docket: Docket, found: pl.DataFrame, position: int, rule: Rule) -> pl.DataFrame:
    policy = int(docket.rules[rule.id].label == "policy")
    return found.with_columns(rule=pl.lit(position, dtype=pl.Int16), policy=pl.lit(policy, dtype=pl.Int16))


def _with_kept(docket: Docket, active: list[tuple[int, Rule]], heard: pl.DataFrame) -> pl.DataFrame:
    """Add a `pass` for each rule that reached a candidate and found nothing."""
    kept = [heard]
    for position, rule in active:
        if isinstance(rule, Flag) and not all(name in docket.c.columns for name in rule.needs):
            continue
        mine = heard.filter(pl.col("rule") == position)
        rows = docket.c.filter(rule.scope).join(mine, on="row", how="anti")
        kept.append(_signed(docket, findings(rows, PASS, "kept"), position, rule).select(HEARD.names()))
    return pl.concat(kept)
