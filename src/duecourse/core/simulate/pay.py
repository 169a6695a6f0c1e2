"""What customers pay on a day, booked by the production rule of allocation; plans and promises that are kept or not."""

from __future__ import annotations

import numpy as np
import polars as pl

from duecourse.core.money.allocate_all import allocate_all
from duecourse.core.simulate.people import NEVER, Flags, Whole
from duecourse.core.simulate.world import World

PART_LEAST, PART_MOST = 0.5, 0.9
REST_AFTER = 18
"""Days after a payment in part at which the rest is meant to come, at the least."""


def pay_what_is_meant(world: World, *, afternoon: bool) -> None:
    """Debts whose day has come are paid: half of them before the day is decided, half after."""
    b, day = world.bills, world.day
    ready = (b.open > 0) & (b.pay_day <= day) & (b.issued <= day) & (world.plan_left == 0)
    places = np.flatnonzero(ready)
    # What is meant for a day is paid on it; what was missed this morning is paid this afternoon.
    if not afternoon:
        places = places[world.draw(b.id[places], "hour") < 0.5]
    u = world.draw(b.id[places], "in part", turn=b.pay_day[places])
    share = PART_LEAST + (PART_MOST - PART_LEAST) * world.draw(b.id[places], "part")
    part = u < world.assumed.pays_in_part
    amount = np.where(part, np.maximum(1, (b.open[places] * share).astype(np.int64)), b.open[places])
    b.pay_day[places[part]] = day + REST_AFTER
    book(world, places, amount)


def pay_instalments(world: World) -> None:
    """Instalments due today: paid, or the plan is broken and the debt is chased again."""
    b, day = world.bills, world.day
    places = np.flatnonzero((world.plan_left > 0) & (world.plan_next == day))
    if places.size == 0:
        return
    kept = world.draw(b.id[places], "instalment", turn=world.plan_left[places]) < world.assumed.instalment_kept
    paid, broken = places[kept], places[~kept]
    amount = -(-b.open[paid] // world.plan_left[paid])
    world.plan_left[paid] -= 1
    world.plan_next[paid] = day + 30
    book(world, paid, amount)
    world.plan_left[broken] = 0
    end_hold(world, broken, "plan")
    world.log.add(day, "plan_broken", world.people.id[b.who[broken]], debts=b.id[broken])
    world.touch(b.who[broken])


def book(world: World, places: Whole, amounts: Whole) -> None:
    """One payment a customer for what it pays today, allocated to the debts it names."""
    keep = amounts > 0
    places, amounts = places[keep], amounts[keep]
    if places.size == 0:
        return
    b, day = world.bills, world.day
    named = pl.DataFrame(
        {"payment": b.who[places], "debt": places, "due": b.due[places], "open": amounts}
    )  # a debt is named with the part that is meant for it
    payments = named.group_by("payment", maintain_order=True).agg(amount=pl.col("open").sum())
    parts = allocate_all(payments, named)
    at, part = parts["debt"].to_numpy(), parts["part"].to_numpy()
    b.open[at] -= part
    assert (b.open[at] >= 0).all(), "no debt takes more than is open of it"
    assert int(part.sum()) == int(amounts.sum()), "what is paid is booked"
    done = at[b.open[at] == 0]
    settle(world, done)
    world.log.add(day, "payment", world.people.id[b.who[at]], debts=b.id[at], amounts=part)
    world.touch(b.who[at])


def settle(world: World, places: Whole) -> None:
    """These debts are closed today."""
    world.bills.closed[places] = world.day
    world.plan_left[places] = 0
    world.promised_by[places] = np.where(world.promised_by[places] < world.day, world.promised_by[places], NEVER)
    end_hold(world, places, "plan")


def end_hold(world: World, places: Whole, kind: str) -> None:
    """Lift the holds of a kind on these debts."""
    if places.size and world.holds.height:
        ids = pl.Series(world.bills.id[places]).implode()
        world.holds = world.holds.filter(~((pl.col("kind") == kind) & pl.col("debt").is_in(ids)))


def note_broken_promises(world: World) -> None:
    """A promise whose day and a day of grace have passed with the debt open is broken."""
    b, day = world.bills, world.day
    places = np.flatnonzero((world.promised_by == day - 2) & (b.open > 0))
    world.promised_by[places] = NEVER
    world.log.add(day, "promise_broken", world.people.id[b.who[places]], debts=b.id[places])
    world.touch(b.who[places])


def owing(world: World, *, within: int) -> Flags:
    """Customers with something open that is due within so many days."""
    b = world.bills
    flags = np.zeros(world.people.id.size, dtype=bool)
    flags[b.who[(b.open > 0) & (b.issued <= world.day) & (b.due <= world.day + within)]] = True
    return flags
