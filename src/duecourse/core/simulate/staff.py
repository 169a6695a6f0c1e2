"""People at work: tasks that the decision opens are taken in turn, as many a day as there are hands."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

from duecourse.core.simulate.day_book import POINTS_EACH
from duecourse.core.simulate.people import NEVER, Whole
from duecourse.core.simulate.whole import whole
from duecourse.core.simulate.world import CHANNELS, DECIDES_AT, WAITING, World

SATURDAY = 5


def open_tasks(world: World, tasks: pl.DataFrame) -> None:
    """One open task a customer, however many days find the same."""
    who = world.at_places(tasks["customer"])
    why = tasks["why"].to_numpy()
    new = world.task[who] == ""
    world.task[who[new]] = why[new]
    world.task_since[who[new]] = world.day
    world.log.add(world.day, "task", world.people.id[who[new]], what=pl.Series(why[new], dtype=pl.String))


def work(world: World) -> None:
    """The oldest tasks of a weekday: addresses are looked for, the others are to be called, past the same last look."""
    if (world.start + timedelta(days=world.day)).weekday() >= SATURDAY:
        return
    hands = world.assumed.calls_a_day_per_thousand * world.size / 1000
    today = int(np.floor(hands * (world.day + 1)) - np.floor(hands * world.day))
    waiting = np.flatnonzero((world.task != "") & (world.task_since < world.day))
    queue = waiting[np.lexsort((world.task_since[waiting], waiting // world.size))]
    # Each world has hands of its own: the first so many of its queue.
    number = queue // world.size
    taken = queue[np.arange(queue.size) - np.searchsorted(number, number) < today]
    lost = world.task[taken] == "no_contact_point"
    _look_for_address(world, taken[lost])
    _mean_to_call(world, taken[~lost])
    world.task[taken] = ""
    world.task_since[taken] = NEVER
    world.touch(taken)


def _look_for_address(world: World, who: Whole) -> None:
    found = who[world.draw(world.people.id[who], "found", turn=world.day) < world.assumed.found_again]
    world.usable["email"][found] = True
    world.people.moves_on[found] = NEVER
    world.log.add(world.day, "address_found", world.people.id[found])


def _mean_to_call(world: World, who: Whole) -> None:
    """Calls wait with the messages, so that they pass the same last look and the same gate."""
    b = world.bills
    overdue = np.flatnonzero((b.open > 0) & (b.due < world.day) & np.isin(b.who, who) & (b.issued <= world.day))
    if overdue.size == 0:
        return
    calls = (
        pl.DataFrame({"customer": world.people.id[b.who[overdue]], "debts": b.id[overdue]})
        .group_by("customer", maintain_order=True)
        .agg("debts")
        .sort("customer")
        .with_columns(
            outbox=pl.int_range(world.next_outbox, world.next_outbox + pl.len()),
            channel=pl.lit("phone"),
            point=pl.col("customer") * POINTS_EACH + CHANNELS.index("phone"),
            purpose=pl.lit("reminder"),
            at_step=pl.col("debts").list.eval(pl.lit(0, pl.Int16)),
            step=pl.lit(0),
            not_before=pl.lit(world.at(DECIDES_AT)),
        )
    )
    world.next_outbox += calls.height
    world.waiting = pl.concat([world.waiting, whole(calls, WAITING)])
