"""What a message does once it is read: the customer's own cause decides, message by message with less effect."""

from __future__ import annotations

from datetime import time, timedelta

import numpy as np
import polars as pl

from duecourse.core.simulate.assumptions import CASH, DISPUTE, FORGOT, HABIT, HARDSHIP, NEVER_RECEIVED, UNWILLING
from duecourse.core.simulate.pay import settle
from duecourse.core.simulate.people import NEVER, Flags, Whole
from duecourse.core.simulate.world import World

SENT_AGAIN_TERMS = 14
"""Days to pay an invoice that never arrived, from the day it is sent again."""
RECENT = timedelta(days=14)


def answer(world: World, places: Whole, *, talk: bool) -> None:
    """These debts (places, each once) were named in something that was read, or in a talk."""
    a, b, day = world.assumed, world.bills, world.day
    world.heard[places] += 1
    turn = world.heard[places]
    times = a.call_counts if talk else 1.0
    fade = a.recalls_fade ** (turn - 1)
    u = world.draw(b.id[places], "answer", turn=turn)
    when = world.draw(b.id[places], "when", turn=turn)
    cause = b.cause[places]

    def moved(of: int, chance: float, days: int, *, fades: bool = True) -> tuple[Whole, Whole]:
        """Debts of a cause that are moved by it, and in how many days."""
        hit = (cause == of) & (u < chance * times * (fade if fades else 1.0))
        return places[hit], 1 + np.floor(when[hit] * days).astype(np.int64)

    for of, chance, days in ((FORGOT, a.recalls, 4), (HABIT, a.hurries, 4), (UNWILLING, a.gives_in, 7)):
        at, wait = moved(of, chance, days)
        b.pay_day[at] = np.minimum(b.pay_day[at], day + wait)
    at, wait = moved(CASH, a.cash_goes_to_us, 3)
    b.pay_day[at] = np.minimum(b.pay_day[at], np.maximum(day, b.cash_day[at]) + wait)
    _promise(world, places[cause == CASH])
    at, _ = moved(HARDSHIP, a.asks_for_plan, 1)
    _plan(world, at[world.plan_left[at] == 0])
    at, _ = moved(DISPUTE, a.says_dispute, 1, fades=False)
    raise_dispute(world, at)
    at, _ = moved(NEVER_RECEIVED, a.says_never_received, 1, fades=False)
    send_again(world, at)


def _promise(world: World, places: Whole) -> None:
    """Some who wait for cash promise a day, with more hope than the cash bears out."""
    b, day = world.bills, world.day
    u = world.draw(b.id[places], "promise", turn=world.heard[places])
    at = places[(u < world.assumed.promises) & (world.promised_by[places] == NEVER) & (b.cash_day[places] > day)]
    ahead = np.ceil((b.cash_day[at] - day) * world.assumed.promise_hope).astype(np.int64)
    world.promised_by[at] = day + np.maximum(1, ahead)
    b.pay_day[at] = np.minimum(b.pay_day[at], b.cash_day[at] + 1)
    world.log.add(day, "promise", world.people.id[b.who[at]], debts=b.id[at], amounts=b.open[at])
    world.touch(b.who[at])


def _plan(world: World, places: Whole) -> None:
    b, day = world.bills, world.day
    world.plan_left[places] = world.assumed.instalments
    world.plan_next[places] = day + 7
    world.hold(world.people.id[b.who[places]], "plan", NEVER, b.id[places])
    world.log.add(day, "plan", world.people.id[b.who[places]], debts=b.id[places], amounts=b.open[places])
    world.touch(b.who[places])


def raise_dispute(world: World, places: Whole) -> None:
    """The customer questions the bill: it is left alone until there is an answer."""
    b, day = world.bills, world.day
    at = places[(world.dispute_ends[places] == NEVER) & (b.open[places] > 0)]
    world.dispute_ends[at] = day + world.assumed.dispute_takes
    world.hold(world.people.id[b.who[at]], "dispute", world.dispute_ends[at], b.id[at])
    world.log.add(day, "dispute", world.people.id[b.who[at]], debts=b.id[at])
    world.touch(b.who[at])


def end_disputes(world: World) -> None:
    """Disputes that are answered today: some get a credit; then the rest is paid on a day of the customer's."""
    b, a, day = world.bills, world.assumed, world.day
    at = np.flatnonzero((world.dispute_ends == day) & (b.open > 0))
    right = at[world.draw(b.id[at], "right") < a.dispute_lost]
    credit = (b.open[right] * a.dispute_credit).astype(np.int64)
    b.open[right] -= credit
    settle(world, right[b.open[right] == 0])
    world.log.add(day, "credit", world.people.id[b.who[right]], debts=b.id[right], amounts=credit)
    b.cause[at] = HABIT
    b.pay_day[at] = day + 1 + np.floor(world.draw(b.id[at], "after") * 20).astype(np.int64)
    world.touch(b.who[at])


def send_again(world: World, places: Whole) -> None:
    """The invoice never arrived: it is sent again and its time starts anew, without reproach."""
    b, day = world.bills, world.day
    b.cause[places] = HABIT
    b.round[places] += 1
    b.due[places] = day + SENT_AGAIN_TERMS
    world.step_done[places] = 0
    late = np.maximum(-SENT_AGAIN_TERMS + 1, np.floor(world.people.usual_day[b.who[places]])).astype(np.int64)
    b.pay_day[places] = b.due[places] + late
    world.log.add(day, "sent_again", world.people.id[b.who[places]], debts=b.id[places])
    world.touch(b.who[places])


def come_forward(world: World) -> None:
    """Some say by themselves that something is wrong, without having been written to."""
    b, a, day = world.bills, world.assumed, world.day
    for cause, mean, act in (
        (DISPUTE, a.raises_dispute_after, raise_dispute),
        (NEVER_RECEIVED, a.asks_for_invoice_after, send_again),
    ):
        at = np.flatnonzero((b.cause == cause) & (b.open > 0) & (b.issued <= day) & (b.first_due < day))
        act(world, at[world.draw(b.id[at], "comes forward", turn=day - b.first_due[at]) < 1 / mean])


def harm(world: World, who: Whole, *, needless: Flags, disputed: Flags, channel: str) -> None:
    """Complaints and wishes to be left alone, by customer (place) whose message was read."""
    a, day = world.assumed, world.day
    ids = world.people.id[who]
    recent = _recent(world, who)
    chance = a.complaint * (1 + a.complaint_each_recent * recent)
    chance = chance * np.where(disputed, a.complaint_disputed, 1.0) * np.where(needless, a.complaint_needless, 1.0)
    turn = world.messages[who]
    hit = who[world.draw(ids, "complaint", turn=turn) < chance]
    world.hold(world.people.id[hit], "complaint", day + a.complaint_takes)
    world.log.add(day, "complaint", world.people.id[hit], what=channel)
    gone = who[world.draw(ids, "opt out", turn=turn) < a.opt_out * (1 + a.complaint_each_recent * recent)]
    world.opted_out[channel][gone] = True
    world.log.add(day, "opt_out", world.people.id[gone], what=channel)
    world.touch(np.concatenate([hit, gone]))


def _recent(world: World, who: Whole) -> Whole:
    """Contacts of the fourteen days before today, for each of these customers."""
    counts = np.zeros(world.people.id.size, dtype=np.int64)
    today = world.at(time(0, 0))
    at = pl.col("at")
    met = world.contacts.filter(at >= today - RECENT, at < today)["customer"]
    np.add.at(counts, world.at_places(met), 1)
    return np.asarray(counts[who])
