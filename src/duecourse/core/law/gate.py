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

import polars as pl

from duecourse.core.facts.law import FactError, LawFacts
from duecourse.core.law.candidates import CandidateError, prepare
from duecourse.core.law.docket import BLOCK, DEFER, INSTANT, Docket
from duecourse.core.law.hearing import hear, seat
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
RANK = 1 << 50
WORDS = {BLOCK: "block", DEFER: "defer", 0: "pass"}


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
    c = prepare(candidates, promises=house)
    docket = seat(Docket.open(c, facts, rules, rendered=rendered, trace=trace), house=house)
    found = hear(docket, house=house)
    settled = _settle(docket, found, house=house)
    return _answer(docket.c.select("row", "candidate"), settled, found, rules)


def _settle(docket: Docket, found: pl.DataFrame, *, house: bool) -> pl.DataFrame:
    """(row, worst, not_before) of rows that any rule held. A deferred act is proposed again at the latest `until`,
    until it passes."""
    worst = found.group_by("row").agg(
        worst=pl.col("outcome").max(), until=pl.col("until").filter(pl.col("outcome") == DEFER).max()
    )
    held = worst.filter(pl.col("worst") > 0)
    waiting = held.filter(pl.col("worst") == DEFER).select("row", "until")
    free, stuck = [], []
    for _ in range(docket.rules["HOUSE-FIXPOINT"].numbers["passes"]):
        if waiting.is_empty():
            break
        again = hear(docket.later(waiting), house=house, later=True)
        now = again.group_by("row").agg(
            worst=pl.col("outcome").max(), next=pl.col("until").filter(pl.col("outcome") == DEFER).max()
        )
        met = waiting.join(now, on="row", how="left").with_columns(pl.col("worst").fill_null(0))
        free.append(met.filter(pl.col("worst") == 0).select("row", "until"))
        stuck.append(met.filter(pl.col("worst") == BLOCK).select("row"))
        waiting = met.filter(pl.col("worst") == DEFER).select("row", until="next")
    stuck.append(waiting.select("row"))
    opened = pl.concat([pl.DataFrame(schema={"row": pl.UInt32, "until": INSTANT}), *free])
    shut = pl.concat(stuck)["row"]
    return held.select(
        "row", worst=pl.when(pl.col("row").is_in(shut.implode())).then(pl.lit(BLOCK, dtype=pl.Int8)).otherwise("worst")
    ).join(opened.rename({"until": "not_before"}), on="row", how="left")


def _answer(ids: pl.DataFrame, settled: pl.DataFrame, found: pl.DataFrame, rules: Rulebook) -> pl.DataFrame:
    verdict = (
        pl.when(pl.col("worst") == BLOCK)
        .then(pl.lit("block"))
        .when(pl.col("worst") == DEFER)
        .then(pl.lit("defer"))
        .otherwise(pl.lit("allow"))
    )
    answer = ids.join(settled, on="row", how="left", maintain_order="left").join(
        _spoken(found, rules), on="row", how="left", maintain_order="left"
    )
    return answer.select(
        "candidate",
        verdict=verdict,
        not_before=pl.col("not_before"),
        rules=pl.col("rules").fill_null(pl.lit([], dtype=ANSWER["rules"])),
    )


def _spoken(found: pl.DataFrame, rules: Rulebook) -> pl.DataFrame:
    """(row, rules): findings as the list that goes out, the binding one first."""
    names = [rule.id for rule in RULES]
    texts = [rules.texts.get(name) for name in names]
    table = pl.DataFrame(
        {
            "rule": list(range(len(names))),
            "id": names,
            "citation": [t.citation if t else None for t in texts],
            "version": [t.version if t else None for t in texts],
            "label": [t.label if t else None for t in texts],
            "policy": [int(t is not None and t.label == "policy") for t in texts],
        },
        schema_overrides={"rule": pl.Int16},
    )
    # One number per finding: outcome, then the latest `until`, then law before policy, then the order of the rules.
    minutes = (pl.col("until").dt.epoch("s") // 60).fill_null(0)
    rank = pl.col("outcome").cast(pl.Int64) * RANK + minutes * 1024 + (1023 - pl.col("policy") * 512 - pl.col("rule"))
    told = found.join(table, on="rule").with_columns(
        said=pl.col("outcome").replace_strict(list(WORDS), list(WORDS.values()), return_dtype=pl.String)
    )
    spoken = pl.struct("id", "citation", "version", "label", pl.col("said").alias("outcome"), "until", "detail")
    return told.sort(rank, descending=True).group_by("row", maintain_order=True).agg(rules=spoken)
