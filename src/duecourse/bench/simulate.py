"""`bench simulate`: thirty days of a simulated world, seconds a year of so many customers, beside one decision of them all.

The reference is one production decision over every customer of the world on its last day, times the days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import perf_counter

import numpy as np

from duecourse.bench.measure import Measured, forget_peak
from duecourse.core.decide.decide import decide
from duecourse.core.decide.playbook import packaged
from duecourse.core.law.gate import Rulebook
from duecourse.core.simulate.day_book import book_of
from duecourse.core.simulate.live import live
from duecourse.core.simulate.world import DECIDES_AT

START = date(2026, 1, 5)
DAYS = 30


def run(measured: Measured, progress: Callable[[str], None]) -> None:
    """Fills `measured`; needs no database."""
    rules, playbook = Rulebook.load(as_of=START), packaged()
    live(playbook, customers=256, days=2, seeds=[measured.seed], start=START, rules=rules)  # zones and calendars
    forget_peak()
    progress(f"{DAYS} days")
    with measured.stage("live"):
        world = live(playbook, customers=measured.customers, days=DAYS, seeds=[measured.seed], start=START, rules=rules)
    everybody = np.ones(world.people.id.size, dtype=bool)
    started = perf_counter()
    decide(book_of(world, everybody, hour=DECIDES_AT), playbook=playbook, rules=rules)
    measured.reference["decide everybody daily"] = (perf_counter() - started) * DAYS
    measured.rows["events"] = world.log.frame().height
    measured.more["seconds_a_year"] = round(measured.stages["live"] / DAYS * 365, 1)
    measured.more["hash"] = world.log.hash()
