"""Who lives in the simulated world: each customer's traits, drawn once and the same under every playbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from duecourse.core.facts.lot import Lots, lot
from duecourse.core.simulate.assumptions import CAUSES, Assumptions
from duecourse.core.simulate.shapes import bell, spread

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

CREDITOR: Final = 1
"""A British supplier to trade and homes that also sells to the United States, in pounds."""
US_HOMES: Final = (("OH", "America/New_York"), ("TX", "America/Chicago"), ("CO", "America/Denver"))
WORLD: Final = 1_000_000
"""Ids of the customers of a world start at its number times this, plus one; so worlds can be lived side by side."""
NEVER: Final = 1_000_000
"""A day that does not come."""


@dataclass(frozen=True)
class People:
    """One place a customer in every array; `id` is the customer's id in the book. Days count from the first day."""

    id: Whole
    seed: Whole  # of the world that the customer lives in
    person: Flags
    home: Whole  # index into US_HOMES; -1 in Great Britain
    usual_day: Lots  # from the due date
    shares: Lots  # (customers, causes): how often each cause holds a debt up
    debts_a_year: Lots
    typical_amount: Lots
    reads: dict[str, Lots]  # channel → chance that a message is read
    has: dict[str, Flags]  # channel → there is an address
    moves_on: Whole  # the day from which the email address is dead


def draw_people(n: int, *, seeds: Sequence[int], assumed: Assumptions) -> People:
    """`n` customers for each seed, the same ones whether their worlds are lived together or alone."""
    a = assumed
    own = np.tile(np.arange(n, dtype=np.int64) + 1, len(seeds))
    seed = np.repeat(np.array(seeds, dtype=np.int64), n)
    ids = own + np.repeat(np.arange(len(seeds), dtype=np.int64), n) * WORLD

    def u(what: str) -> Lots:
        return lot(own, what, seed=seed)

    in_us = u("country") < a.share_in_us
    late = u("late") < a.late_share
    usual = np.where(
        late,
        a.late_day + a.late_spread * bell(u("usual")),
        a.prompt_day + a.prompt_spread * bell(u("usual")),
    )
    means = (a.forgets, a.short_of_cash, a.hardship, a.disputes, a.never_received, a.unwilling)
    held_up = np.stack([m * spread(u(f"share {c}"), a.unlike) for m, c in zip(means, CAUSES[1:], strict=True)], axis=1)
    # Nobody is held up by something other than habit more than nine times in ten.
    held_up *= np.minimum(1.0, 0.9 / np.maximum(held_up.sum(axis=1, keepdims=True), 1e-9))
    eager = a.reads_least + (1 - a.reads_least) * 2 * u("reads")
    moved = np.floor(np.log(1 - u("moves")) / np.log(1 - a.moves_a_year) * 365).astype(np.int64)
    return People(
        id=ids,
        seed=seed,
        person=u("person") < a.share_persons,
        home=np.where(in_us, np.floor(u("home") * len(US_HOMES)).astype(np.int64), -1),
        usual_day=usual,
        shares=np.concatenate([1 - held_up.sum(axis=1, keepdims=True), held_up], axis=1),
        debts_a_year=a.debts_a_year * spread(u("rhythm"), 0.7),
        typical_amount=a.typical_amount * spread(u("amount"), a.amount_spread),
        reads={
            "email": np.minimum(0.98, a.email_read * eager),
            "sms": np.minimum(0.98, a.sms_read * eager),
            "letter": np.minimum(0.98, a.letter_read * eager),
            "phone": np.full(ids.size, a.call_answered),
        },
        has={
            "email": np.ones(ids.size, dtype=bool),
            "sms": u("has sms") < a.has_sms,
            "letter": u("has letter") < a.has_letter,
            "phone": np.ones(ids.size, dtype=bool),
        },
        moves_on=np.minimum(moved, NEVER),
    )
