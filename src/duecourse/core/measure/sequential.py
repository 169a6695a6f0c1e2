"""When to stop a trial: evidence that may be looked at every day without raising false alarms.

Benefit: an interval that holds at all looks at once, a mixture of sequential likelihood ratio tests over normal effects
(Robbins, 1970; Johari, Koomen, Pekelis and Walsh, 2022). Harm: of all complaints, how many fall to the new strategy; a
mixture of likelihood ratios over fixed odds, exact for rare events, and a false alarm has at most the chance ALARM (Ville,
1939).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

ALARM: Final = 0.05
LEAST_EACH: Final = 100
"""Customers in each arm below which the trial goes on whatever it shows: variances are not known yet."""
TYPICAL_EFFECT: Final = 0.04
"""The size of difference in a share that the interval is sharpest for."""
HARM_ODDS: Final = (1.25, 1.5, 2.0, 3.0, 5.0, 8.0)


@dataclass(frozen=True)
class Arm:
    """An arm so far: customers, the mean of their outcome and its variance, and how many complained."""

    customers: int
    mean: float
    variance: float
    complaints: int = 0


@dataclass(frozen=True)
class Verdict:
    """`stop` is goes_on, better, worse or harm; `low` and `high` hold whenever they are looked at."""

    stop: str
    difference: float
    low: float
    high: float
    harm: float  # evidence of harm; from 1 / ALARM on the trial ends


def judge(now: Arm, new: Arm, *, share: float = 0.5, typical: float = TYPICAL_EFFECT, alarm: float = ALARM) -> Verdict:
    """Whether the trial of `new` against `now` ends at this look. `share` of the customers is drawn to the new one.

    >>> judge(Arm(2000, 0.60, 0.24), Arm(2000, 0.70, 0.21)).stop
    'better'
    >>> judge(Arm(2000, 0.60, 0.24), Arm(2000, 0.61, 0.24)).stop
    'goes_on'
    >>> judge(Arm(2000, 0.60, 0.24, complaints=2), Arm(2000, 0.61, 0.24, complaints=25)).stop
    'harm'
    """
    gap = new.mean - now.mean
    found = harm(now.complaints, new.complaints, share=share)
    if min(now.customers, new.customers) < LEAST_EACH:
        return Verdict("harm" if found >= 1 / alarm else "goes_on", gap, -math.inf, math.inf, found)
    half = always_valid(now.variance / now.customers + new.variance / new.customers, typical=typical, alarm=alarm)
    low, high = gap - half, gap + half
    stop = "better" if low > 0 else "worse" if high < 0 else "goes_on"
    return Verdict("harm" if found >= 1 / alarm else stop, gap, low, high, found)


def always_valid(variance: float, *, typical: float = TYPICAL_EFFECT, alarm: float = ALARM) -> float:
    """Half the width of an interval for a difference whose estimate has this variance, valid at every look.

    >>> round(always_valid(0.0001), 4)
    0.0306
    """
    prior = typical * typical
    if variance <= 0:
        return 0.0
    return math.sqrt(variance * (variance + prior) / prior * (2 * math.log(1 / alarm) + math.log1p(prior / variance)))


def harm(now: int, new: int, *, share: float) -> float:
    """Evidence that complaints fall to the new strategy more often than its share of customers; 1 is none at all.

    >>> harm(0, 0, share=0.5)
    1.0
    >>> harm(3, 3, share=0.5) < 1 < harm(1, 9, share=0.5)
    True
    """
    if not 0 < share < 1:
        return 1.0
    ratios = []
    for odds in HARM_ODDS:
        chance = odds * share / (1 - share + odds * share)
        ratios.append(math.exp(new * math.log(chance / share) + now * math.log((1 - chance) / (1 - share))))
    return sum(ratios) / len(ratios)
