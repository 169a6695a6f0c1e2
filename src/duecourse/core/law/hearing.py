"""Hear every rule on one docket and gather what they found."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache

import polars as pl

from duecourse.core.facts.law_candidates import CONTENT
from duecourse.core.law.docket import BLOCK, FINDING, PASS, SMALL, Docket, findings
from duecourse.core.law.rule import Finder, Flag, Rule
from duecourse.core.law.rulebook import Rulebook, RuleText
from duecourse.core.law.rules import RULES

HEARD = pl.Schema({**FINDING, "rule": pl.Int16(), "policy": pl.Int16()})


@dataclass(frozen=True)
class Bench:
    """The rules of one rulebook that are heard, built once: finders and flags with their position in RULES."""

    finders: tuple[tuple[int, str, Finder, RuleText], ...]
    flags: tuple[tuple[int, str, Flag, pl.Expr], ...]


@lru_cache(maxsize=256)
def bench(rules: Rulebook, house: bool) -> Bench:
    """Rules in force; house rules only where asked for, except that an unknown place always goes to a person."""
    finders, flags = [], []
    for position, rule in enumerate(RULES):
        text = rules.texts.get(rule.id)
        if text is None or not (house or text.label != "policy" or rule.id.startswith("SCOPE-")):
            continue
        if isinstance(rule, Finder):
            finders.append((position, f"_s{position}", rule, text))
        else:
            flags.append((position, f"_s{position}", rule, rule.scope & rule.breach(text.numbers).fill_null(False)))
    return Bench(tuple(finders), tuple(flags))


def seat(docket: Docket, *, house: bool) -> Docket:
    """Mark once which candidates each finder reaches (columns `_s<position>`); rules that reach nobody are never called."""
    idle = {each.name for each in fields(docket.facts) if getattr(docket.facts, each.name).is_empty()}
    marks = [
        rule.scope.alias(mark)
        for _, mark, rule, _ in bench(docket.rules, house).finders
        if not rule.facts or not idle.issuperset(rule.facts)
    ]
    return replace(docket, c=docket.c.with_columns(marks))


def hear(docket: Docket, *, house: bool, later: bool = False) -> pl.DataFrame:
    """Findings of all rules in force on a seated docket: row, outcome, until, detail, rule (position in RULES),
    policy (1 where the rule is one of the house).

    later: the same acts at a later instant, so only rules whose answer may change with time are heard.
    """
    heard = [] if later else _flags(docket, house=house)
    reached = docket.c.select(pl.col("^_s[0-9]+$").any())
    called = {name for name, any_ in zip(reached.columns, reached.row(0), strict=True) if any_} if reached.width else ()
    for position, mark, rule, text in bench(docket.rules, house).finders:
        if mark in called and not (later and rule.lasting):
            found = rule.find(docket, pl.col(mark), text.numbers)
            if found.height:
                heard.append(_signed(found, position, text))
    gathered = pl.concat([frame.select(HEARD.names()) for frame in heard]) if heard else pl.DataFrame(schema=HEARD)
    return _with_kept(docket, gathered, house=house) if docket.trace else gathered


def _flags(docket: Docket, *, house: bool) -> list[pl.DataFrame]:
    """All flag rules in one pass over the candidates."""
    given = frozenset(docket.c.columns)
    tests: dict[str, pl.Expr] = {}
    absent: set[str] = set()
    flags = bench(docket.rules, house).flags
    for _, mark, rule, test in flags:
        final = docket.rendered and rule.missing is not None
        if not final and given.isdisjoint(rule.needs):
            continue
        absent |= set(rule.needs) - given
        tests[mark] = test if not docket.rendered or rule.missing is None else test | (rule.scope & rule.missing)
    if not tests:
        return []
    judged = docket.c.with_columns(pl.lit(None, dtype=CONTENT[name]).alias(name) for name in absent)
    scopes = {mark: rule.scope for _, mark, rule, _ in flags if mark in tests}
    hits = _sparse(judged, scopes, tests) if judged.height > SMALL else _at_once(judged, tests)
    return [
        _signed(findings(hits[mark], BLOCK, rule.says), position, docket.rules[rule.id])
        for position, mark, rule, _ in flags
        if mark in hits
    ]


def _at_once(judged: pl.DataFrame, tests: dict[str, pl.Expr]) -> dict[str, pl.DataFrame]:
    """The rows that fail each test: all tests in one pass over few rows."""
    hits = judged.select("row", **tests)
    broken = hits.select(pl.col(list(tests)).any()).row(0, named=True)
    return {mark: hits.filter(mark) for mark in tests if broken[mark]}


def _sparse(judged: pl.DataFrame, scopes: dict[str, pl.Expr], tests: dict[str, pl.Expr]) -> dict[str, pl.DataFrame]:
    """The same over many rows: words are read only where the scope reaches."""
    reached = judged.select(**scopes)
    found = {}
    for mark, any_ in reached.select(pl.all().any()).row(0, named=True).items():
        if any_:
            rows = judged.lazy().filter(reached[mark]).select("row", hit=tests[mark]).filter("hit").collect()
            if rows.height:
                found[mark] = rows
    return found


def endless(rows: pl.DataFrame) -> pl.DataFrame:
    """Findings for acts of which no permitted instant was found within reach."""
    position = next(n for n, rule in enumerate(RULES) if rule.id == "SCOPE-NO-TIME")
    says = "No time within reach keeps all rules. A person must decide."
    return findings(rows.select("row"), BLOCK, says).with_columns(
        rule=pl.lit(position, dtype=pl.Int16), policy=pl.lit(1, dtype=pl.Int16)
    )


def _signed(found: pl.DataFrame, position: int, text: RuleText) -> pl.DataFrame:
    policy = int(text.label == "policy")
    return found.with_columns(rule=pl.lit(position, dtype=pl.Int16), policy=pl.lit(policy, dtype=pl.Int16))


def _with_kept(docket: Docket, heard: pl.DataFrame, *, house: bool) -> pl.DataFrame:
    """Add a `pass` for each rule that reached a candidate and found nothing."""
    kept = [heard]
    given = set(docket.c.columns)
    known = bench(docket.rules, house)
    rules: list[tuple[int, Rule]] = [(position, finder) for position, _, finder, _ in known.finders]
    rules += [(position, flag) for position, _, flag, _ in known.flags if not given.isdisjoint(flag.needs)]
    for position, rule in rules:
        mine = heard.filter(pl.col("rule") == position)
        rows = docket.c.filter(rule.scope).join(mine, on="row", how="anti")
        kept.append(_signed(findings(rows, PASS, "kept"), position, docket.rules[rule.id]).select(HEARD.names()))
    return pl.concat(kept)
