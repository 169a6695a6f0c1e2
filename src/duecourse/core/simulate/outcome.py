"""What a simulated year came to, customer by customer, so that two strategies can be compared in pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from duecourse.core.simulate.world import World

WINDOW: Final = 60
"""A debt is judged by what came within so many days of its first due date; younger ones are not judged."""


@dataclass(frozen=True)
class Measure:
    """`above` over `below`, both summed over customers, times `times`. `more_is` says which way is better."""

    key: str
    name: str
    unit: str
    above: str
    below: str
    times: float
    more_is: str  # better, worse


MEASURES: Final = (
    Measure("recovered", f"Recovered within {WINDOW} days", "% of what fell due", "paid", "owed", 100, "better"),
    Measure(
        "rescued",
        "Recovered of what would not come unasked",
        "% of it",
        "rescued",
        "lost",
        100,
        "better",
    ),
    Measure("days_to_pay", "Days to pay", f"days past due, at most {WINDOW}", "waited", "owed", 1, "worse"),
    Measure("contacts", "Contacts", "a customer, calls included", "contacts", "customers", 1, "worse"),
    Measure("calls", "Calls by people", "per 100 customers", "calls", "customers", 100, "worse"),
    Measure("complaints", "Complaints", "per 1,000 customers", "complaints", "customers", 1000, "worse"),
    Measure("opt_outs", "Asked us to stop", "per 1,000 customers", "opt_outs", "customers", 1000, "worse"),
    Measure("plan_breaks", "Plans broken", "% of plans", "plan_breaks", "plans", 100, "worse"),
    Measure("promises_broken", "Promises broken", "% of promises", "promises_broken", "promises", 100, "worse"),
    Measure("refused", "Stopped or put off by a rule", "per 100 customers", "refused", "customers", 100, "worse"),
)
_COUNTED: Final = {
    "contacts": ("contact", "call"),
    "calls": ("call",),
    "complaints": ("complaint",),
    "opt_outs": ("opt_out",),
    "plans": ("plan",),
    "plan_breaks": ("plan_broken",),
    "promises": ("promise",),
    "promises_broken": ("promise_broken",),
}

BY_RULE: Final = pl.col("kind").is_in(["refused", "deferred"]) & pl.col("what").str.starts_with("rule:")
"""Events in which a rule stopped a message or put it off."""


def by_customer(world: World) -> pl.DataFrame:
    """One row a customer: `paid`, `owed` (minor units), `waited` (minor units times days), `lost`
    (owed on debts that would not have come within the window by themselves), `rescued` (what came of it), counts of events, `late` (bool:
    whether the usual day is past due), and `customers`, which is 1."""
    p, b = world.people, world.bills
    n = p.id.size
    judged = (b.first_due >= 0) & (b.first_due + WINDOW <= world.day)
    events = world.log.frame()
    owed = np.where(judged, b.amount, 0)
    credit = events.filter(pl.col("kind") == "credit").group_by("debt").agg(pl.col("amount").sum())
    places = world.places(credit["debt"].to_numpy())
    owed[places] -= np.where(judged[places], credit["amount"].to_numpy(), 0)
    paid, waited = np.zeros(b.id.size, dtype=np.int64), np.zeros(b.id.size, dtype=np.int64)
    money = events.filter(pl.col("kind") == "payment").select("debt", "day", "amount")
    at = world.places(money["debt"].to_numpy())
    days = money["day"].to_numpy().astype(np.int64) - b.first_due[at]
    amount = money["amount"].to_numpy() * judged[at] * (days <= WINDOW)
    np.add.at(paid, at, amount)
    np.add.at(waited, at, amount * days)
    waited += (owed - paid) * WINDOW
    lost = b.alone > b.first_due + WINDOW

    def summed(values: np.ndarray) -> np.ndarray:
        return np.bincount(b.who, weights=values, minlength=n)

    frame = pl.DataFrame(
        {
            "customer": p.id,
            "customers": np.ones(n),
            "late": p.usual_day > 3,
            "paid": summed(paid),
            "owed": summed(owed),
            "waited": summed(waited),
            "lost": summed(owed * lost),
            "rescued": summed(paid * lost),
        }
    )
    counts = {name: pl.col("kind").is_in(list(kinds)).sum() for name, kinds in _COUNTED.items()}
    had = events.group_by("customer").agg(**counts, refused=BY_RULE.sum())
    names = [*counts, "refused"]
    return frame.join(had, on="customer", how="left", maintain_order="left").with_columns(
        pl.col(names).fill_null(0).cast(pl.Float64)
    )


def value(frame: pl.DataFrame, measure: Measure) -> float | None:
    """The measure over these customers; None where there is nothing to measure."""
    below = float(frame[measure.below].sum())
    return measure.times * float(frame[measure.above].sum()) / below if below else None
