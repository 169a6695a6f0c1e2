"""Two playbooks side by side: each customer's arm is drawn by lot from the id alone, decided by that arm's playbook, and logged
with the chance it was drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from duecourse.core.decide.decide import decide
from duecourse.core.decide.playbook import Playbook
from duecourse.core.facts.book import Book
from duecourse.core.facts.lot import lot
from duecourse.core.law.gate import Rulebook

NOW: Final = "now"
NEW: Final = "new"


@dataclass(frozen=True)
class Lottery:
    """A share of the customers gets `playbook`; `salt` makes this trial's lots independent of every other's."""

    playbook: Playbook
    share: float
    salt: str


def arms(customers: pl.Series, lottery: Lottery) -> pl.DataFrame:
    """customer, arm, propensity: the same on every day and machine.

    >>> from duecourse.core.decide.playbook import packaged
    >>> drawn = arms(pl.Series("customer", range(1000)), Lottery(packaged("plain"), 0.2, "trial 1"))
    >>> drawn["arm"].value_counts(sort=True)["count"].to_list()
    [797, 203]
    """
    new = pl.Series(lot(customers.to_numpy(), lottery.salt) < lottery.share)
    return pl.DataFrame({"customer": customers}).select(
        "customer",
        arm=pl.when(new).then(pl.lit(NEW)).otherwise(pl.lit(NOW)),
        propensity=pl.when(new).then(lottery.share).otherwise(1 - lottery.share),
    )


def decide_in_arms(book: Book, *, playbook: Playbook, lottery: Lottery | None, rules: Rulebook) -> pl.DataFrame:
    """The decision frame with `arm` and `propensity`; without a lottery the arm is empty and the chance one."""
    if lottery is None:
        whole = decide(book, playbook=playbook, rules=rules)
        return whole.with_columns(arm=pl.lit(""), propensity=pl.lit(1.0))
    drawn = arms(book.customers["customer"], lottery)
    parts = []
    for arm, own in ((NOW, playbook), (NEW, lottery.playbook)):
        mine = drawn.filter(pl.col("arm") == arm)
        decided = decide(_only(book, mine), playbook=own, rules=rules)
        parts.append(decided.join(mine, on="customer", how="left", maintain_order="left"))
    return pl.concat(parts).sort("customer")


def _only(book: Book, mine: pl.DataFrame) -> Book:
    """The book of some of its customers."""
    keep = mine["customer"].implode()
    frames = {
        name: frame.filter(pl.col("customer").is_in(keep))
        for name, frame in book.frames().items()
        if "customer" in frame.columns
    }
    return Book.of(book.at, **{**book.frames(), **frames})
