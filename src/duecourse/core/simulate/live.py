"""A simulated world lived day by day with the production decision, last look, gate and money code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import polars as pl

from duecourse.core.decide.decide import decide
from duecourse.core.decide.playbook import Playbook
from duecourse.core.law.gate import Rulebook
from duecourse.core.simulate.answer import come_forward, end_disputes
from duecourse.core.simulate.assumptions import Assumptions
from duecourse.core.simulate.day_book import CONTACT_DAYS, HISTORY_DAYS, book_of
from duecourse.core.simulate.pay import note_broken_promises, owing, pay_instalments, pay_what_is_meant
from duecourse.core.simulate.send import plan, send
from duecourse.core.simulate.staff import open_tasks, work
from duecourse.core.simulate.world import DECIDES_AT, World, begin


def live(
    playbook: Playbook,
    *,
    customers: int,
    days: int,
    seeds: Sequence[int],
    start: date,
    rules: Rulebook,
    assumed: Assumptions | None = None,
    everybody: bool = False,
    progress: Callable[[int], None] = lambda days: None,
) -> World:
    """The worlds of these seeds after `days`, side by side: much quicker than one by one, and the same.

    `everybody` decides all customers each day; otherwise those for whom it can matter.
    The decision says itself in how many days a customer's next step opens; until then, and while nothing about them
    changes, it would say the same again, so they are not asked. Tests hold the two ways to the same hash.
    """
    world = begin(customers=customers, days=days, seeds=seeds, start=start, assumed=assumed or Assumptions())
    before_due = max(0, -min(d for row in playbook.from_day.values() for d in row if d is not None))
    for day in range(days):
        world.day = day
        _morning(world)
        _decide(world, playbook, rules, before_due, everybody)
        pay_what_is_meant(world, afternoon=True)
        work(world)
        send(world, playbook=playbook, rules=rules)
        progress(1)
    return world


def _morning(world: World) -> None:
    pay_what_is_meant(world, afternoon=False)
    pay_instalments(world)
    note_broken_promises(world)
    end_disputes(world)
    come_forward(world)
    _wake(world)


def _wake(world: World) -> None:
    """Customers about whom something changed by the passing of time alone."""
    b, day = world.bills, world.day
    world.touch(b.who[(b.issued == day) | (b.closed == day - HISTORY_DAYS - 1)])
    ended = world.holds.filter(pl.col("until_day") <= day)
    if ended.height:
        world.touch(world.at_places(ended["customer"]))
        world.holds = world.holds.filter(pl.col("until_day") > day)
    if day % CONTACT_DAYS == 0:
        old = world.at(DECIDES_AT)
        world.contacts = world.contacts.filter(pl.col("at") >= pl.lit(old) - pl.duration(days=CONTACT_DAYS))


def _decide(world: World, playbook: Playbook, rules: Rulebook, before_due: int, everybody: bool) -> None:
    chosen = np.ones(world.people.id.size, dtype=bool)
    if not everybody:
        chosen = owing(world, within=before_due) & (world.wake <= world.day)
    if not chosen.any():
        return
    decisions = decide(book_of(world, chosen, hour=DECIDES_AT), playbook=playbook, rules=rules)
    refused = decisions.filter(pl.col("why").str.starts_with("rule:"))
    world.log.add(world.day, "refused", refused["customer"].to_numpy(), what=refused["why"])
    contacts = decisions.filter(pl.col("verdict") == "contact")
    later = contacts.filter(pl.col("not_before") >= pl.lit(world.at(DECIDES_AT)) + pl.duration(days=1))
    binding = "rule:" + later["rules"].list.first().struct.field("id")
    world.log.add(world.day, "deferred", later["customer"].to_numpy(), what=binding)
    plan(world, contacts)
    open_tasks(world, decisions.filter(pl.col("verdict") == "task"))
    _sleep(world, decisions)


def _sleep(world: World, decisions: pl.DataFrame) -> None:
    """Who has nothing to hear until a step opens is not asked before it does."""
    who = world.at_places(decisions["customer"])
    world.wake[who] = world.day + 1
    quiet = decisions.filter(
        (pl.col("verdict") == "nothing") & pl.col("why").is_in(["not_due", "step_done"]) & (pl.col("next_in") > 0)
    )
    at = world.at_places(quiet["customer"])
    world.wake[at] = world.day + quiet["next_in"].to_numpy()
