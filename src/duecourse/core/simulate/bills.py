"""What the customers owe: every debt of the year and of the year before, with what will hold it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from duecourse.core.facts.lot import Lots, lot
from duecourse.core.simulate.assumptions import (
    CASH,
    DISPUTE,
    FORGOT,
    HARDSHIP,
    NEVER_RECEIVED,
    UNWILLING,
    Assumptions,
)
from duecourse.core.simulate.people import NEVER, WORLD, People, Whole
from duecourse.core.simulate.shapes import bell, spread, wait

DEBT_BASE: Final = 10**12
EACH: Final = 1000
"""Ids of a customer's debts start at DEBT_BASE and its own id times this."""
TERMS_BUSINESS, TERMS_PERSON = 30, 14
PAST_DAYS: Final = 365
"""A year of settled invoices comes before the first day, so that habits can be known."""
SETTLED_BY: Final = 45
"""Days after its due date by which every debt of the past was settled, chased as it was then."""


@dataclass
class Bills:
    """One place a debt. Days count from the first day; what the world changes is said so."""

    id: Whole
    who: Whole  # place of the customer in People
    amount: Whole  # minor units
    issued: Whole
    due: Whole  # changes when an invoice is sent again
    cause: Whole  # changes to habit once it is mended
    open: Whole  # changes
    closed: Whole  # changes; NEVER while open
    pay_day: Whole  # changes: when the customer means to pay
    cash_day: Whole  # when the cash for it comes
    round: Whole  # changes
    first_due: Whole
    alone: Whole  # the day on which it would be paid if nobody ever wrote; NEVER where the customer must speak first


def draw_bills(people: People, *, days: int, assumed: Assumptions) -> Bills:
    """All debts issued from PAST_DAYS before the first day until `days` after it."""
    a = assumed
    span = PAST_DAYS + days
    expected = people.debts_a_year * span / 365
    counts = np.floor(expected + lot(people.id % WORLD, "how many", seed=people.seed)).astype(np.int64)
    who = np.repeat(np.arange(people.id.size, dtype=np.int64), counts)
    nth = np.arange(who.size, dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    # An id by customer and place, so that it does not depend on how many debts others have.
    ids = DEBT_BASE + people.id[who] * EACH + nth
    own = DEBT_BASE + people.id[who] % WORLD * EACH + nth

    def u(what: str) -> Lots:
        return lot(own, what, seed=people.seed[who])

    issued = np.floor((nth + u("issued")) / np.maximum(counts[who], 1) * span).astype(np.int64) - PAST_DAYS
    due = issued + np.where(people.person[who], TERMS_PERSON, TERMS_BUSINESS)
    amount = np.maximum(500, (100 * people.typical_amount[who] * spread(u("amount"), 0.6)).astype(np.int64))
    # More is harder to find: a debt twice the customer's usual one is held up by cash more often.
    cause = (u("cause")[:, None] > np.cumsum(people.shares[who], axis=1)).sum(axis=1)
    cause = np.minimum(cause, people.shares.shape[1] - 1).astype(np.int64)
    habit = people.usual_day[who] + a.debt_spread * bell(u("around"))
    cash = wait(u("cash"), a.cash_comes_after)
    later = np.select(
        [cause == FORGOT, cause == CASH, cause == HARDSHIP, cause == DISPUTE, cause == NEVER_RECEIVED],
        [
            1 + wait(u("later"), a.remembers_after),
            cash + wait(u("later"), a.pays_after_cash),
            wait(u("later"), a.hardship_pays_after),
            np.full(who.size, float(NEVER)),
            np.full(who.size, float(NEVER)),
        ],
        np.where(cause == UNWILLING, wait(u("later"), a.unwilling_pays_after), habit),
    )
    pay_day = np.maximum(issued + 1, due + np.floor(np.minimum(later, NEVER)).astype(np.int64))
    closed = np.where(due < 0, np.minimum(pay_day, due + SETTLED_BY), NEVER)
    past = closed < 0
    return Bills(
        id=ids,
        who=who,
        amount=amount,
        issued=issued,
        due=due.copy(),
        cause=cause,
        open=np.where(past, 0, amount),
        closed=np.where(past, closed, NEVER),
        pay_day=np.where(past, NEVER, np.where(due < 0, np.minimum(pay_day, due + SETTLED_BY), pay_day)),
        cash_day=due + np.floor(cash).astype(np.int64),
        round=np.ones(who.size, dtype=np.int64),
        first_due=due,
        alone=pay_day,
    )
