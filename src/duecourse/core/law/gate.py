"""The contact gate: may this act go, and if not, when? Pure and set-based.

>>> from datetime import UTC, date, datetime
>>> import polars as pl
>>> home = {"customer": [7], "tz": ["America/Los_Angeles"], "jurisdiction": ["US-OR"]}
>>> facts = LawFacts(locations=pl.DataFrame(home))
>>> asked = pl.DataFrame({"candidate": [1], "customer": [7], "channel": ["sms"], "collector": ["third_party"],
...                       "at": [datetime(2026, 6, 10, 14, 0, tzinfo=UTC)]})
>>> answer = gate(asked, facts, rules=Rulebook.load(as_of=date(2026, 6, 10)), house=False)
>>> answer["verdict"][0], answer["not_before"][0].isoformat(), answer["rules"][0][0]["id"]
('defer', '2026-06-10T15:00:00+00:00', 'US-REGF-6b1-TIME')

In: `candidates`, one row an act (columns: `core/facts/law_candidates.py`); `facts` (frames:
`core/facts/law_schemas.py`); `rules`.
Out, one row per candidate in the same order:

| column | type | meaning |
|---|---|---|
| candidate | Int64 | the id that came in |
| verdict | String | `allow`, `block` (needs new facts or other content), `defer` (time alone cures it) |
| not_before | Datetime UTC | for `defer`: the first instant at which the same act passes all rules; else null |
| rules | List(Struct) | rules that spoke, the binding one first: id, citation, version, label, outcome, until, detail |

Each candidate is judged alone against the facts: two candidates of one batch do not count against each other, so a
caller that will
carry out several for one customer asks again after recording each.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from duecourse.core.facts.law import FactError, LawFacts
from duecourse.core.law.candidates import CandidateError, prepare
from duecourse.core.law.docket import BLOCK, DEFER, INSTANT, PASS, Docket
from duecourse.core.law.hearing import endless, hear, seat
from duecourse.core.law.rulebook import Rulebook, RulebookError
from duecourse.core.law.rules import RULES

__all__ = ["CandidateError", "FactError", "LawFacts", "Rulebook", "RulebookError", "gate"]

SPOKEN = pl.Struct(
    {
        "id": pl.String(),
        "citation": pl.String(),
        "version": pl.String(),
        "label": pl.String(),
        "outcome": pl.String(),
        "until": INSTANT,
        "detail": pl.String(),
    }
)
ANSWER = pl.Schema({"candidate": pl.Int64(), "verdict": pl.String(), "not_before": INSTANT, "rules": pl.List(SPOKEN)})
UNSAID = pl.DataFrame({"rules": [[]]}, schema={"rules": pl.List(SPOKEN)})
LATE = 1 << 27  # minutes since 1970 stay below it until the year 2225
SLICE = 1 << 20  # candidates at a time: memory stays flat
WORDS = {BLOCK: "block", DEFER: "defer", PASS: "pass"}


def gate(
    candidates: pl.DataFrame,
    facts: LawFacts,
    *,
    rules: Rulebook,
    house: bool = True,
    rendered: bool = False,
    trace: bool = False,
) -> pl.DataFrame:
    """Judge every candidate by every rule; the most protective answer wins.

    house: also apply the house rules (label `policy`). rendered: content is final, so a missing required statement is
    a breach.
    trace: also list the rules that applied and were kept, with outcome `pass`.
    Raises CandidateError or FactError where the frames cannot be read.
    """
    if candidates.is_empty():
        return pl.DataFrame(schema=ANSWER)
    if candidates.height > SLICE:
        parts = candidates.iter_slices(SLICE)
        return pl.concat(gate(part, facts, rules=rules, house=house, rendered=rendered, trace=trace) for part in parts)
    c = prepare(candidates, promises=house)
    docket = seat(Docket.open(c, facts, rules, rendered=rendered, trace=trace), house=house)
    found = ordered(hear(docket, house=house))
    settled, shut = _settle(docket, found, house=house)
    told = ordered(pl.concat([found, shut])) if shut.height else found
    return _answer(docket.c.select("row", "place", "candidate"), settled, told, rules)


def ordered(found: pl.DataFrame) -> pl.DataFrame:
    """Findings by row, the binding one first: the worst outcome, the latest `until`, law before policy, the order of rules."""
    late = LATE - (pl.col("until").dt.epoch("s") // 60).fill_null(0)
    if found.height < 2:
        return found
    key = pl.col("row").cast(pl.Int64) * 4 + (2 - pl.col("outcome"))
    key = (key * LATE + late) * 1024 + pl.col("rule").cast(pl.Int64) + pl.col("policy") * 512
    return found.sort(key).with_columns(pl.col("row").set_sorted())


def _binding(found: pl.DataFrame) -> pl.DataFrame:
    """The binding finding of each row that any rule held."""
    first = (found["row"] != found["row"].shift(1)).fill_null(True)
    return found.filter(first, pl.col("outcome") != PASS).select("row", "until", worst="outcome")


def _settle(docket: Docket, found: pl.DataFrame, *, house: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(row, worst, not_before) of rows that any rule held, and the findings of rows that waiting does not free.

    A deferred act is proposed again at the latest `until` of its findings, until it passes.
    """
    held = _binding(found)
    if held.is_empty():
        return held.select("row", "worst", not_before="until"), found.head(0)
    waiting = held.filter(pl.col("worst") == DEFER).select("row", "until")
    free, stuck = [pl.DataFrame(schema={"row": pl.UInt32, "until": INSTANT})], [found.head(0)]
    for _ in range(docket.rules["SCOPE-NO-TIME"].numbers["passes"]):
        if waiting.is_empty():
            break
        docket = docket.later(waiting)
        heard = ordered(hear(docket, house=house, later=True))
        again = _binding(heard)
        free.append(waiting.join(again, on="row", how="anti"))
        stuck.append(heard.filter(pl.col("outcome") == BLOCK))
        waiting = again.filter(pl.col("worst") == DEFER).select("row", "until")
    if waiting.height:
        stuck.append(endless(waiting).select(found.columns))
    shut = pl.concat(stuck)
    worst = pl.when(pl.col("row").is_in(shut["row"].unique().implode())).then(pl.lit(BLOCK, dtype=pl.Int8))
    opened = pl.concat(free).rename({"until": "not_before"}).sort("row")
    return held.select("row", worst=worst.otherwise("worst")).join(opened, on="row", how="left"), shut


def _answer(ids: pl.DataFrame, settled: pl.DataFrame, found: pl.DataFrame, rules: Rulebook) -> pl.DataFrame:
    """The answer frame for `ids` (row, place, candidate), back in the order in which the candidates came."""
    told = ids.join(settled, on="row", how="left").hstack([_lists(ids.height, _spoken(found, rules))])
    if not ids["place"].is_sorted():
        told = told.sort("place")
    blocked, deferred = pl.col("worst") == BLOCK, pl.col("worst") == DEFER
    return told.select(
        "candidate",
        verdict=pl.when(blocked).then(pl.lit("block")).when(deferred).then(pl.lit("defer")).otherwise(pl.lit("allow")),
        not_before=pl.col("not_before"),
        rules=pl.col("rules"),
    )


def _lists(height: int, spoken: pl.DataFrame) -> pl.Series:
    """For each row the list of what was said of it, mostly empty: filling nulls or grouping every row costs thrice as much."""
    lists = spoken.group_by("row", maintain_order=True).agg("rules")
    which = pl.repeat(lists.height, height, dtype=pl.UInt32, eager=True)
    which = which.scatter(lists["row"], pl.int_range(lists.height, dtype=pl.UInt32, eager=True))
    return pl.concat([lists.select("rules"), UNSAID], rechunk=True)["rules"].gather(which)


@lru_cache(maxsize=256)
def _texts(rules: Rulebook) -> pl.DataFrame:
    """Id, citation, version and label of each of RULES, in their order."""
    names = [rule.id for rule in RULES]
    texts = [rules.texts.get(name) for name in names]
    return pl.DataFrame(
        {
            "id": names,
            "citation": [t.citation if t else None for t in texts],
            "version": [t.version if t else None for t in texts],
            "label": [t.label if t else None for t in texts],
        }
    )


def _spoken(found: pl.DataFrame, rules: Rulebook) -> pl.DataFrame:
    """(row, rules): each ordered finding in the form in which it goes out."""
    said = pl.col("outcome").replace_strict(list(WORDS), list(WORDS.values()), return_dtype=pl.String)
    spoken = pl.struct("id", "citation", "version", "label", said.alias("outcome"), "until", "detail")
    return found.hstack(_texts(rules)[found["rule"]]).select("row", rules=spoken)
