"""`bench offpolicy`: 200 simulated books with known truth: how often the interval of the off-policy estimate holds it.

Every customer lives the year twice, once under each strategy, with the same luck. That gives the truth. A book is then a
share of the customers; each is drawn by lot to one strategy, with a chance that differs by segment, and only that life is
shown to the estimate.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl

from duecourse.bench.measure import Measured
from duecourse.core.decide.ages import age
from duecourse.core.decide.playbook import packaged
from duecourse.core.decide.segment import segment
from duecourse.core.facts.lot import lot
from duecourse.core.law.gate import Rulebook
from duecourse.core.measure.off_policy import difference
from duecourse.core.simulate.assumptions import Assumptions
from duecourse.core.simulate.day_book import book_of
from duecourse.core.simulate.live import live
from duecourse.core.simulate.outcome import WINDOW, by_customer
from duecourse.core.simulate.world import DECIDES_AT, begin

START, DAYS, BOOKS, LEVEL = date(2026, 1, 5), WINDOW + 60, 200, 0.9
NOW, NEW = "plain@1", "polite@2"
CHANCE_OF_NEW = {"other": 0.4, "usually_late": 0.7, "good_payer": 0.25}


def run(measured: Measured, progress: Callable[[str], None]) -> None:
    """Fills `measured`; needs no database. `customers` is the sum over all books."""
    lives = {}
    for name in (NOW, NEW):
        progress(f"everybody under {name}")
        with measured.stage(f"live {name}"):
            world = live(
                packaged(name), customers=measured.customers, days=DAYS, seeds=[measured.seed], start=START,
                rules=Rulebook.load(as_of=START),
            )  # fmt: skip
        lives[name] = by_customer(world)
    strata = _segments(measured.customers, measured.seed)
    with measured.stage("estimate"):
        for what in ("contacts", "days_to_pay"):
            measured.more[what] = _coverage(lives, strata, what, measured.seed)


def _segments(customers: int, seed: int) -> pl.DataFrame:
    """customer, stratum: the production segment on the first day, the same in both lives."""
    world = begin(customers=customers, days=DAYS, seeds=[seed], start=START, assumed=Assumptions())
    book = book_of(world, np.ones(customers, dtype=bool), hour=DECIDES_AT)
    found = segment(age(book), book.customers, playbook=packaged(NEW))
    # A book of a few hundred has too few large and new customers to speak of them apart.
    stratum = pl.col("segment").cast(pl.String).replace({"large": "other", "new": "other"})
    return found.select("customer", stratum=stratum)


def _coverage(lives: dict[str, pl.DataFrame], strata: pl.DataFrame, what: str, seed: int) -> dict[str, float]:
    """Share of books whose interval holds the difference over all customers, and of those that say cannot tell without overlap."""
    both = strata
    for name, frame in lives.items():
        waited = pl.when(pl.col("owed") > 0).then(pl.col("waited") / pl.col("owed")).otherwise(0.0)
        outcome = waited if what == "days_to_pay" else pl.col("contacts")
        both = both.join(frame.select("customer", outcome.alias(name)), on="customer")
    truth = float((both[NEW] - both[NOW]).mean() or 0.0)  # type: ignore[arg-type]
    ids = both["customer"].to_numpy()
    rows = both.with_columns(
        book=pl.Series(np.floor(lot(ids, "book", seed=seed) * BOOKS).astype(int)),
        new=pl.Series(lot(ids, "arm", seed=seed)) < pl.col("stratum").replace_strict(CHANCE_OF_NEW),
        chance=pl.col("stratum").replace_strict(CHANCE_OF_NEW),
    ).select(
        "book",
        "stratum",
        unit="customer",
        action=pl.when("new").then(pl.lit(NEW)).otherwise(pl.lit(NOW)),
        propensity=pl.when("new").then("chance").otherwise(1 - pl.col("chance")),
        outcome=pl.when("new").then(NEW).otherwise(NOW),
    )
    now, new = (
        pl.DataFrame({"stratum": list(CHANCE_OF_NEW), "action": [name] * 3, "share": [1.0] * 3}) for name in (NOW, NEW)
    )
    held = told_of = blind = 0
    for (_,), part in rows.group_by(["book"]):
        told = difference(part.drop("book"), now, new, level=LEVEL)
        told_of += told.says == "told"
        held += (
            told.says == "told" and told.low is not None and told.high is not None and told.low <= truth <= told.high
        )
        blind += difference(part.drop("book").filter(pl.col("action") == NOW), now, new).says == "cannot_tell"
    return {
        "truth": round(truth, 4),
        "told": told_of / BOOKS,
        "held": held / max(1, told_of),
        "cannot_tell_without_overlap": blind / BOOKS,
    }
