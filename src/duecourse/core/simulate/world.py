"""The state of simulated worlds on a day: what changes, in arrays and small frames. Latent traits are in people, bills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from duecourse.core.facts.book import CONTACTS
from duecourse.core.facts.lot import Lots, lot
from duecourse.core.facts.schema import Schema, empty
from duecourse.core.simulate.assumptions import Assumptions
from duecourse.core.simulate.bills import DEBT_BASE, EACH, Bills, draw_bills
from duecourse.core.simulate.log import Log
from duecourse.core.simulate.people import NEVER, WORLD, Flags, People, Whole, draw_people

LONDON: Final = ZoneInfo("Europe/London")
DECIDES_AT, SENDS_AT = time(8, 0), time(17, 30)
"""The day is decided in the morning; at the hour of sending it is office time in Britain and in all of the homes in the US."""
CHANNELS: Final = ("email", "sms", "letter", "phone")
HOLDS: Final[Schema] = {"customer": pl.Int64, "debt": pl.Int64, "kind": pl.String, "until_day": pl.Int64}
WAITING: Final[Schema] = {
    "outbox": pl.Int64,
    "customer": pl.Int64,
    "channel": pl.String,
    "point": pl.Int64,
    "purpose": pl.String,
    "debts": pl.List(pl.Int64),
    "at_step": pl.List(pl.Int16),
    "step": pl.Int16,
    "not_before": pl.Datetime("us", "UTC"),
}


@dataclass
class World:
    """Everything at `day`, of one world or of several that are lived side by side and never meet.

    `order` lists the places of debts by their ids.
    """

    seeds: tuple[int, ...]
    start: date
    assumed: Assumptions
    people: People
    bills: Bills
    log: Log
    day: int
    usable: dict[str, Flags]  # channel → the address is in use
    opted_out: dict[str, Flags]
    wake: Whole  # the day on which a customer has to be decided again at the latest
    messages: Whole  # sent to each customer so far
    step_done: Whole  # by debt, in its present round
    heard: Whole  # messages about the debt that were read
    promised_by: Whole  # by debt; NEVER where there is none
    plan_left: Whole  # instalments
    plan_next: Whole
    dispute_ends: Whole
    task: np.ndarray  # by customer: why a person has to look, or empty  # type: ignore[type-arg]
    task_since: Whole
    holds: pl.DataFrame
    contacts: pl.DataFrame
    waiting: pl.DataFrame
    order: np.ndarray  # places of debts by id  # type: ignore[type-arg]
    next_outbox: int = 1

    def at(self, hour: time) -> datetime:
        """An hour of this day in London."""
        return datetime.combine(self.start + timedelta(days=self.day), hour, LONDON).astimezone(UTC)

    def draw(self, ids: Whole, what: str, *, turn: Whole | int = 0) -> Lots:
        """Latent numbers of these ids, all of customers or all of debts: the same under every playbook, alone or together."""
        debts = ids.size > 0 and int(ids[0]) >= DEBT_BASE
        unit = EACH * WORLD if debts else WORLD
        number = (ids - DEBT_BASE if debts else ids) // unit
        return lot(ids - number * unit, what, seed=np.array(self.seeds, dtype=np.int64)[number], turn=turn)

    def at_places(self, customers: pl.Series) -> Whole:
        """Ids of customers → their places."""
        ids = customers.to_numpy()
        return np.asarray(ids // WORLD * self.size + ids % WORLD - 1, dtype=np.int64)

    @property
    def size(self) -> int:
        """Customers of one world."""
        return self.people.id.size // len(self.seeds)

    def part(self, frame: pl.DataFrame, number: int) -> pl.DataFrame:
        """The rows of one of the worlds, with the ids that they would have alone."""
        off = number * WORLD
        own = frame.filter(pl.col("customer") // WORLD == number).with_columns(pl.col("customer") - off)
        return own.with_columns(pl.col("debt") - off * EACH) if "debt" in own.columns else own

    def places(self, debts: Whole) -> Whole:
        """Ids of debts → their places."""
        return np.asarray(self.order[np.searchsorted(self.bills.id[self.order], debts)], dtype=np.int64)

    def touch(self, customers: Whole) -> None:
        """Something about these customers (places) changed: they are decided again."""
        self.wake[customers] = np.minimum(self.wake[customers], self.day)

    def hold(self, customers: Whole, kind: str, until: Whole | int, debts: Whole | None = None) -> None:
        """Leave customers (ids), or single debts (ids) of theirs, alone until a day."""
        if customers.size == 0:
            return
        none = pl.Series([None], dtype=pl.Int64).new_from_index(0, customers.size)
        more = pl.DataFrame({"customer": customers, "debt": none if debts is None else debts}).with_columns(
            kind=pl.lit(kind), until_day=pl.lit(until) if isinstance(until, int) else pl.Series(until)
        )
        self.holds = pl.concat([self.holds, more.select([pl.col(c).cast(t) for c, t in HOLDS.items()])])


def begin(*, customers: int, days: int, seeds: Sequence[int], start: date, assumed: Assumptions) -> World:
    """Worlds on their first day, `customers` in each, with a year of settled invoices behind them."""
    people = draw_people(customers, seeds=seeds, assumed=assumed)
    bills = draw_bills(people, days=days, assumed=assumed)
    n, m = people.id.size, bills.id.size

    def never(size: int) -> Whole:
        return np.full(size, NEVER, dtype=np.int64)

    def zero(size: int) -> Whole:
        return np.zeros(size, dtype=np.int64)

    return World(
        seeds=tuple(seeds),
        start=start,
        assumed=assumed,
        people=people,
        bills=bills,
        log=Log(),
        day=0,
        usable={channel: people.has[channel].copy() for channel in CHANNELS},
        opted_out={channel: np.zeros(n, dtype=bool) for channel in CHANNELS},
        wake=zero(n),
        messages=zero(n),
        step_done=zero(m),
        heard=zero(m),
        promised_by=never(m),
        plan_left=zero(m),
        plan_next=never(m),
        dispute_ends=never(m),
        task=np.full(n, "", dtype=object),
        task_since=never(n),
        holds=empty(HOLDS),
        contacts=empty(CONTACTS),
        waiting=empty(WAITING),
        order=np.argsort(bills.id),
    )
