"""From decisions to messages: planned in the morning, looked at again by the production last look, sent, read, answered."""

from __future__ import annotations

import numpy as np
import polars as pl

from duecourse.core.decide.playbook import Playbook
from duecourse.core.decide.recheck import INTENDED, recheck
from duecourse.core.facts.book import CONTACTS
from duecourse.core.law.gate import Rulebook
from duecourse.core.simulate.answer import answer, harm
from duecourse.core.simulate.assumptions import DISPUTE, HABIT
from duecourse.core.simulate.day_book import book_of
from duecourse.core.simulate.people import Flags
from duecourse.core.simulate.whole import whole
from duecourse.core.simulate.world import SENDS_AT, WAITING, World

AFTER_A_CALL = 21
"""Days for which a person who was called is left alone."""
SOON = 3
"""A message is needless where everything it names was about to be paid within so many days."""


def plan(world: World, contacts: pl.DataFrame) -> None:
    """Decisions to contact become messages that wait for their hour."""
    if contacts.height == 0:
        return
    first = world.next_outbox
    world.next_outbox += contacts.height
    new = contacts.with_columns(outbox=pl.int_range(first, world.next_outbox, eager=True), purpose=pl.lit("reminder"))
    world.waiting = pl.concat([world.waiting, whole(new, WAITING)])


def send(world: World, *, playbook: Playbook, rules: Rulebook) -> None:
    """Everything whose hour has come by the hour of sending."""
    now = world.at(SENDS_AT)
    due = world.waiting.filter(pl.col("not_before") <= now)
    if due.height == 0:
        return
    chosen = flags_of(world, due["customer"])
    looked = recheck(
        due.select(list(INTENDED)), book_of(world, chosen, hour=SENDS_AT, messages=False), rules=rules
    ).join(
        due.select("outbox", "customer", "channel", "point", "step", planned="debts", at_step="at_step"), on="outbox"
    )
    late = looked.filter(pl.col("answer") == "defer").select("outbox", again="not_before")
    gone = looked.filter(pl.col("answer") != "defer")["outbox"].implode()
    world.waiting = (
        world.waiting.filter(~pl.col("outbox").is_in(gone))
        .join(late, on="outbox", how="left")
        .with_columns(not_before=pl.coalesce("again", "not_before"))
        .drop("again")
    )
    _log_refusals(world, looked)
    sent = looked.filter(pl.col("answer") == "send").sort("outbox")
    world.touch(world.at_places(looked["customer"]))
    _deliver(world, sent, playbook)


def _log_refusals(world: World, looked: pl.DataFrame) -> None:
    for verdict, kind in (("refuse", "refused"), ("defer", "deferred")):
        rows = looked.filter(pl.col("answer") == verdict).sort("outbox")
        world.log.add(world.day, kind, rows["customer"].to_numpy(), what=rows["why"])


def _deliver(world: World, sent: pl.DataFrame, playbook: Playbook) -> None:
    """Steps are used up; dead addresses bounce; what is read is answered."""
    steps = sent.select("planned", "at_step").explode("planned", "at_step").filter(pl.col("at_step") > 0)
    at = world.places(steps["planned"].to_numpy())
    world.step_done[at] = np.maximum(world.step_done[at], steps["at_step"].to_numpy())
    names = dict(enumerate(("", *playbook.steps)))
    what = pl.format("{}:{}", "channel", pl.col("step").replace_strict(names, return_dtype=pl.String))
    note_contacts(world, sent)
    for (channel,), part in sent.group_by(["channel"], maintain_order=True):
        kind = "call" if channel == "phone" else "contact"
        world.log.add(world.day, kind, part["customer"].to_numpy(), what=part.select(what).to_series())
        reached(world, part, str(channel))
    called = sent.filter(pl.col("channel") == "phone")["customer"].to_numpy()
    world.hold(called, "pause", world.day + AFTER_A_CALL)


def note_contacts(world: World, sent: pl.DataFrame) -> None:
    """Contacts that took place: the rules of frequency read them."""
    took_place = sent.with_columns(
        contact="outbox",
        direction=pl.lit("out"),
        purpose=pl.lit("reminder"),
        outcome=pl.lit("sent"),
        at=pl.lit(world.at(SENDS_AT)),
    )
    world.contacts = pl.concat([world.contacts, whole(took_place, CONTACTS)])
    world.messages[world.at_places(sent["customer"])] += 1


def reached(world: World, sent: pl.DataFrame, channel: str) -> None:
    """Who is reached, and what they do about the debts that were named."""
    p, b = world.people, world.bills
    who = world.at_places(sent["customer"])
    dead = (p.moves_on[who] <= world.day) if channel == "email" else np.zeros(who.size, dtype=bool)
    bounced = who[dead]
    world.usable[channel][bounced] = False
    world.log.add(world.day, "bounce", p.id[bounced], what=channel)
    world.touch(bounced)
    read = ~dead & (world.draw(p.id[who], f"read {channel}", turn=world.messages[who]) < p.reads[channel][who])
    named = sent.select("customer", "debts").filter(pl.Series(read)).explode("debts")
    places = world.places(named["debts"].to_numpy())
    of = b.who[places]
    soon = (b.cause[places] == HABIT) & (b.pay_day[places] <= world.day + SOON)
    needless = np.ones(p.id.size, dtype=bool)
    np.logical_and.at(needless, of, soon)
    disputed = np.zeros(p.id.size, dtype=bool)
    disputed[of[b.cause[places] == DISPUTE]] = True
    readers = who[read]
    harm(world, readers, needless=needless[readers], disputed=disputed[readers], channel=channel)
    answer(world, places, talk=channel == "phone")


def flags_of(world: World, customers: pl.Series) -> Flags:
    """Ids of customers → flags by place."""
    flags = np.zeros(world.people.id.size, dtype=bool)
    flags[world.at_places(customers)] = True
    return flags
