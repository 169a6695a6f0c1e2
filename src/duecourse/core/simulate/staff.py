"""People at work: tasks that the decision opens are taken in turn, as many a day as there are hands."""

from __future__ import annotations

import numpy as np
import polars as pl

from duecourse.core.decide.recheck import INTENDED, recheck
from duecourse.core.law.gate import Rulebook
from duecourse.core.simulate.day_book import POINTS_EACH, book_of
from duecourse.core.simulate.people import CUSTOMER_BASE, NEVER, Whole
from duecourse.core.simulate.send import note_contacts, reached
from duecourse.core.simulate.world import CHANNELS, SENDS_AT, World

AFTER_A_CALL = 21
"""Days for which a person who was called, or could not be, is left alone."""


def open_tasks(world: World, tasks: pl.DataFrame) -> None:
    """One open task a customer, however many days find the same."""
    who = tasks["customer"].to_numpy() - CUSTOMER_BASE
    why = tasks["why"].to_numpy()
    new = world.task[who] == ""
    world.task[who[new]] = why[new]
    world.task_since[who[new]] = world.day
    world.log.add(world.day, "task", world.people.id[who[new]], what=pl.Series(why[new], dtype=pl.String))


def work(world: World, *, rules: Rulebook) -> None:
    """The oldest tasks of the day: addresses are looked for, the others are called, past the same last look."""
    hands = world.assumed.calls_a_day_per_thousand * world.people.id.size / 1000
    today = int(np.floor(hands * (world.day + 1)) - np.floor(hands * world.day))
    waiting = np.flatnonzero((world.task != "") & (world.task_since < world.day))
    taken = waiting[np.argsort(world.task_since[waiting], kind="stable")][:today]
    lost = world.task[taken] == "no_contact_point"
    _look_for_address(world, taken[lost])
    _call(world, taken[~lost], rules)


def _look_for_address(world: World, who: Whole) -> None:
    found = who[world.draw(world.people.id[who], "found", turn=world.day) < world.assumed.found_again]
    world.usable["email"][found] = True
    world.people.moves_on[found] = NEVER
    world.log.add(world.day, "address_found", world.people.id[found])
    _done(world, who)


def _call(world: World, who: Whole, rules: Rulebook) -> None:
    b = world.bills
    overdue = np.flatnonzero((b.open > 0) & (b.due < world.day) & np.isin(b.who, who) & (b.issued <= world.day))
    named = pl.DataFrame({"customer": b.who[overdue] + CUSTOMER_BASE, "debts": b.id[overdue]})
    intended = (
        named.group_by("customer", maintain_order=True)
        .agg("debts")
        .sort("customer")
        .with_columns(
            outbox="customer",
            channel=pl.lit("phone"),
            point=pl.col("customer") * POINTS_EACH + CHANNELS.index("phone"),
            purpose=pl.lit("reminder"),
        )
        .select(list(INTENDED))
    )
    chosen = np.zeros(world.people.id.size, dtype=bool)
    chosen[who] = True
    if intended.height:
        looked = recheck(intended, book_of(world, chosen, hour=SENDS_AT), rules=rules)
        may = looked.filter(pl.col("answer") == "send").select("outbox", "debts").join(
            intended.select("outbox", "customer", "channel"), on="outbox"
        ).sort("customer")
        no = looked.filter(pl.col("answer") != "send").sort("outbox")
        world.log.add(world.day, "refused", no["outbox"].to_numpy(), what=no["why"])
        world.log.add(world.day, "call", may["customer"].to_numpy())
        note_contacts(world, may)
        reached(world, may, "phone")
    _done(world, who)
    world.hold(world.people.id[who], "pause", world.day + AFTER_A_CALL)


def _done(world: World, who: Whole) -> None:
    world.task[who] = ""
    world.task_since[who] = NEVER
    world.touch(who)
