"""The docket: candidates with their facts, laid out so that a rule is a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from duecourse.core.facts.law import LawFacts
from duecourse.core.facts.law_candidates import ACT, CONTENT
from duecourse.core.law.locating import Whereabouts, locate
from duecourse.core.law.replies import with_replies
from duecourse.core.law.rulebook import Rulebook
from duecourse.core.law.scoping import with_scopes
from duecourse.core.law.windows import Hours, doors_of
from duecourse.core.law.zones import Clock

BLOCK, DEFER, PASS = 2, 1, 0
INSTANT = pl.Datetime("us", "UTC")
FINDING = pl.Schema({"row": pl.UInt32(), "outcome": pl.Int8(), "until": INSTANT, "detail": pl.String()})
NOTHING = pl.DataFrame(schema=FINDING)
TYPES = {**ACT, **CONTENT}
SMALL = 1000  # below it, planning a query costs more than running it
HORIZON = timedelta(days=12)  # how far ahead opening hours are laid out; a search that runs past it starts again there


@dataclass(frozen=True)
class Docket:
    """Candidates `c` (see candidates.prepare), facts, rules, and where each customer may be."""

    c: pl.DataFrame
    facts: LawFacts
    rules: Rulebook
    where: Whereabouts
    rendered: bool = False
    trace: bool = False
    narrowed: dict[str, pl.DataFrame] = field(default_factory=dict, init=False, compare=False)

    @classmethod
    def open(cls, c: pl.DataFrame, facts: LawFacts, rules: Rulebook, *, rendered: bool, trace: bool) -> Docket:
        """Find each candidate's places, then its scopes and whether it is a permitted reply."""
        facts = _of(facts, c["customer"].unique())
        located, where = locate(c, facts, rules)
        return cls(with_replies(with_scopes(located, facts), facts), facts, rules, where, rendered, trace)

    def later(self, rows: pl.DataFrame) -> Docket:
        """The same acts proposed again at the instant `until` of `rows` (row, until), with what is known now."""
        c = self.c.drop("t").join(rows.select("row", t="until"), on="row", maintain_order="left")
        return replace(self, c=c, facts=_of(self.facts, c["customer"].unique()), trace=False)

    def has(self, *columns: str) -> bool:
        """Is any of these content columns given?"""
        return any(column in self.c.columns for column in columns)

    def pick(self, scope: pl.Expr, *columns: str) -> pl.DataFrame:
        """Rows in `scope`, with `row`, `customer`, `t`, `known` and `columns`. Columns not given come as null."""
        wanted = dict.fromkeys(("row", "customer", "t", "known", *columns))
        given = [name for name in wanted if name in self.c.columns]
        rows = (
            self.c.lazy().filter(scope).select(given).collect()
            if self.c.height > SMALL
            else self.c.filter(scope).select(given)
        )
        missing = [name for name in wanted if name not in given]
        return (
            rows.with_columns(pl.lit(None, dtype=TYPES.get(name)).alias(name) for name in missing) if missing else rows
        )

    def meet(self, scope: pl.Expr, name: str, *columns: str, only: pl.Expr | None = None) -> pl.DataFrame:
        """Rows in `scope` joined with the facts frame `name` of the same customer (those that pass `only`), as far as it was
        known and still holds.

        Fact columns that clash get the suffix `_f`. A fact of another person, debt or address is left out where the
        frame has such a
        key and both sides name one.
        """
        fact: pl.DataFrame = getattr(self.facts, name)
        if only is not None:
            fact = fact.filter(only)
        keys = [key for key in ("person", "point") if key in fact.columns]
        here = self.c.head(0) if fact.is_empty() else self._having(name, fact)
        rows = replace(self, c=here).pick(scope, *columns, *keys, *(["debts"] if "debt" in fact.columns else []))
        return bound(rows.join(fact, on="customer", suffix="_f"), keys, fact.columns)

    def _having(self, name: str, fact: pl.DataFrame) -> pl.DataFrame:
        """Candidates whose customer has any fact of this frame: worked out once for all rules that read it."""
        if self.c.height <= SMALL or fact.height * 4 > self.c.height:
            return self.c
        if name not in self.narrowed:
            mine = getattr(self.facts, name).select("customer").unique()
            self.narrowed[name] = self.c.join(mine, on="customer", how="semi", maintain_order="left")
        return self.narrowed[name]

    def local(self, rows: pl.DataFrame, column: str) -> pl.Series:
        """Naive local time of an instant column, in the zone that days are counted in."""
        return self.clock.local(rows[column], self._zone(rows))

    def instant(self, rows: pl.DataFrame, local: str, *, after: str = "t") -> pl.Series:
        """First UTC instant after column `after` at which it is the naive local time `local`."""
        return self.clock.instant(rows[local], self._zone(rows), after=rows[after])

    def _zone(self, rows: pl.DataFrame) -> pl.Series:
        if "zone" in rows.columns:
            return rows["zone"]
        return rows.select("row").join(self.c.select("row", "zone"), on="row", how="left", maintain_order="left")[
            "zone"
        ]

    @property
    def clock(self) -> Clock:
        """Local time of every zone in play."""
        return self.where.clock

    @cached_property
    def first(self) -> date:
        """UTC date of the earliest instant judged."""
        return self.c.select(pl.col("t").min().dt.date()).item()  # type: ignore[no-any-return]

    @cached_property
    def last(self) -> date:
        """UTC date of the latest instant judged."""
        return self.c.select(pl.col("t").max().dt.date()).item()  # type: ignore[no-any-return]

    def closed(self, rows: pl.DataFrame, hours: Hours) -> pl.DataFrame:
        """`rows` (with `places`) outside `hours` in any place they may be, plus `until`: the next opening in all of
        them."""
        sets, places = self.where.sets, rows["places"]
        if rows.height < len(sets):  # lay out only the sets in play
            used = places.unique().sort()
            sets, places = tuple(sets[index] for index in used), used.search_sorted(places).cast(pl.Int64)
        last = _month(self.last + HORIZON + timedelta(days=31))
        doors = doors_of(hours, sets, _month(self.first - timedelta(days=1)), last)
        if rows.height > SMALL and rows["t"].min() == rows["t"].max():  # a planned day asks about one instant
            every = pl.int_range(len(sets), eager=True)
            state = doors.closed(pl.repeat(rows["t"][0], len(every), dtype=INSTANT, eager=True), every)[places]
        else:
            state = doors.closed(rows["t"], places)
        return rows.hstack(state).filter("closed")


def _month(day: date) -> date:
    """The first of the day's month: opening hours are laid out in whole months, so that a table serves again."""
    return day.replace(day=1)


def _of(facts: LawFacts, customers: pl.Series) -> LawFacts:
    """Only the facts of these customers, where a frame holds many others: rules then read little or nothing."""
    enough = max(SMALL, 8 * len(customers))
    wide = {name: frame for name, frame in vars(facts).items() if frame.height > enough and "customer" in frame.columns}
    mine = pl.col("customer").is_in(customers.implode())
    return replace(facts, **{name: frame.filter(mine) for name, frame in wide.items()}) if wide else facts


def bound(met: pl.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> pl.DataFrame:
    """Keep the facts that were known, still hold, and are of the same person, address and debt."""
    rules = []
    if "at" in columns:
        rules.append(pl.col("at").is_null() | (pl.col("at") <= pl.col("known")))
    if "until" in columns:
        rules.append(pl.col("until").is_null() | (pl.col("until") > pl.col("t")))
    rules += [
        pl.col(f"{key}_f").is_null() | pl.col(key).is_null() | (pl.col(key) == pl.col(f"{key}_f")) for key in keys
    ]
    if "debt" in columns:
        rules.append(
            pl.col("debt").is_null()
            | (pl.col("debts").list.len() == 0)
            | pl.col("debts").list.contains(pl.col("debt"))
            | pl.col("debts").is_null()
        )
    return met.filter(*rules) if rules else met


def findings(rows: pl.DataFrame, outcome: int, detail: pl.Expr | str, until: pl.Expr | None = None) -> pl.DataFrame:
    """Findings of one outcome for `rows`; several for one candidate keep the latest `until`."""
    text = pl.lit(detail) if isinstance(detail, str) else detail
    ends = pl.lit(None, dtype=INSTANT) if until is None else until.cast(INSTANT)
    # In one piece: Polars dies on formatting a column whose first chunk is empty, as joins leave behind.
    found = rows.rechunk().select("row", outcome=pl.lit(outcome, dtype=pl.Int8), until=ends, detail=text)
    if found.height < 2 or found.select((pl.col("row") > pl.col("row").shift(1)).all()).item():
        return found
    # Two of one row and one end, such as two debts: the same one is kept each time, so that a receipt replays to the bit.
    return found.sort("row", "until", "detail", descending=[False, True, True], nulls_last=True).unique(
        "row", keep="first", maintain_order=True
    )
