"""A year of customers on plans, through the production decision: nobody on track is chased, nothing is collected twice over, and
every miss meets a check-in before anything else."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import polars as pl

from duecourse.core.decide.decide import decide
from duecourse.core.decide.follow import follow
from duecourse.core.decide.playbook import packaged
from duecourse.core.facts.book import Book
from duecourse.core.law.rulebook import Rulebook
from duecourse.core.money.plans.dates import Every, dates
from duecourse.core.money.plans.split import split

CUSTOMERS = int(os.environ.get("DUECOURSE_PLAN_CUSTOMERS", "60"))
DAYS = int(os.environ.get("DUECOURSE_PLAN_DAYS", "365"))
EACH = int(os.environ.get("DUECOURSE_PLAN_DECIDE_EVERY", "9"))
"""The whole decision is asked each n-th day, and on every day on which somebody missed a payment."""
START = date(2026, 1, 5)


@dataclass
class Plan:
    """One customer with one plan over two debts; `habit` decides how its payments come."""

    id: int
    total: int
    instalments: list[tuple[date, int]]
    habit: str
    paid: int = 0
    asked: int = 0
    done: bool = False
    checked: set[int] = field(default_factory=set)


@dataclass
class Year:
    """What came to pass."""

    chased_on_track: int = 0
    over: int = 0
    missed: int = 0
    unchecked: int = 0
    done: int = 0
    reminded: int = 0


def people(seed: int) -> list[Plan]:
    rng = random.Random(seed)
    made = []
    for i in range(1, CUSTOMERS + 1):
        total, parts = rng.randint(100, 2_000_000), rng.randint(2, 14)
        every = rng.choice([Every.MONTH, Every.FORTNIGHT, Every.PAYDAY])
        first = START + timedelta(days=rng.randint(5, 60))
        amounts = split(total, parts)
        habit = rng.choice(["prompt", "prompt", "early", "late", "double", "skips", "returned"])
        made.append(
            Plan(i, total, list(zip(dates(first, every, len(amounts), payday=28), amounts, strict=True)), habit)
        )
    return made


def book_of(plans: list[Plan], at: datetime, *, held: bool) -> Book:
    going = [p for p in plans if not p.done]
    ids = [p.id for p in going]
    # Two debts, due long before the plan: without it the last letter would be on its way.
    halves = [(p, p.id * 10 + n, part) for p in going for n, part in enumerate((p.total // 2, p.total - p.total // 2))]
    open_of = {}
    for p in going:
        paid = p.paid
        for _, debt, part in (h for h in halves if h[0] is p):
            open_of[debt] = max(0, part - paid)
            paid = max(0, paid - part)
    rows = [
        {"customer": p.id, "arrangement": p.id, "number": n, "way": "consolidation", "currency": "GBP", "due": day, "minor": minor,
         "before": sum(m for _, m in p.instalments[: n - 1]), "paid": p.paid, "room": p.total - p.paid,
         "debts": [p.id * 10, p.id * 10 + 1], "automatic": False, "review": None}
        for p in going for n, (day, minor) in enumerate(p.instalments, 1)
    ]  # fmt: skip
    frames = {
        "creditors": pl.DataFrame({"creditor": [1], "timezone": ["Europe/London"], "country": ["GB"], "agency": [False], "fresh_at": [at]}),
        "customers": pl.DataFrame({"customer": ids, "shard": [1] * len(ids), "creditor": [1] * len(ids), "person": [False] * len(ids),
                                   "country": ["GB"] * len(ids), "region": [""] * len(ids), "area": [""] * len(ids),
                                   "timezone": [""] * len(ids)}),
        "debts": pl.DataFrame({"debt": [d for _, d, _ in halves], "customer": [p.id for p, _, _ in halves], "currency": "GBP",
                               "open": [open_of[d] for _, d, _ in halves], "due": [START - timedelta(days=40)] * len(halves),
                               "round": [1] * len(halves), "closed": [None] * len(halves)}),
        "points": pl.DataFrame({"point": ids, "customer": ids, "kind": ["email"] * len(ids), "rank": [1] * len(ids), "area": [""] * len(ids)}),
        "instalments": pl.DataFrame(rows),
    }  # fmt: skip
    if held:
        frames["holds"] = pl.DataFrame({"customer": [p.id for p, _, _ in halves], "debt": [d for _, d, _ in halves],
                                        "kind": ["plan"] * len(halves), "until": [None] * len(halves)})  # fmt: skip
    return Book.of(at, **{name: frame for name, frame in frames.items() if frame.height})


def pays(plan: Plan, today: date, rng: random.Random) -> int:
    """What comes today, by habit: for what is due, twice by mistake, a little early, late, or not at all for a while."""
    due_by = {"early": 5, "late": -2}.get(plan.habit, 0)
    due = sum(minor for day, minor in plan.instalments if day <= today + timedelta(days=due_by)) - plan.paid
    if plan.habit == "skips" and rng.random() < 0.93:
        return 0
    if plan.habit == "double" and due > 0 and rng.random() < 0.2:
        return due * 2
    if plan.habit == "returned" and plan.paid and rng.random() < 0.01:
        return -min(plan.paid, plan.instalments[0][1])
    return due


def behind(plan: Plan, today: date) -> list[int]:
    """The first instalment that has been missed, by this test's own reckoning: three days of grace, in order."""
    covered = 0
    for number, (due, minor) in enumerate(plan.instalments, 1):
        covered += minor
        if plan.paid < covered:
            return [number] if not plan.done and today > due + timedelta(days=3) else []
    return []


def live(*, held: bool = True, days: int = DAYS) -> Year:
    plans, year, rng = people(7), Year(), random.Random(8)
    playbook, rules = packaged(), Rulebook.load(as_of=START)
    by_id = {p.id: p for p in plans}
    for n in range(days):
        today = START + timedelta(days=n)
        at = datetime.combine(today, time(10), UTC)
        for plan in plans:
            if not plan.done:
                # Collecting stops at what is open, as the portal and the gateways do.
                plan.paid += min(pays(plan, today, rng), plan.total - plan.paid)
                year.over = max(year.over, plan.paid - plan.total)
        book = book_of(plans, at, held=held)
        notices = follow(book).to_dicts() if book.instalments.height else []
        fresh = False
        for said in notices:
            plan = by_id[said["arrangement"]]
            assert said["owed"] <= plan.total - plan.paid
            if said["notice"] == "check_in" and said["number"] not in plan.checked:
                plan.checked.add(said["number"])
                fresh = True
            if said["notice"] == "person":
                assert said["number"] in plan.checked  # a person is asked only after the check-in
            year.reminded += said["notice"] == "remind"
            if said["notice"] == "done":
                plan.done = True
                year.done += 1
        for plan in plans:
            for number in behind(plan, today):
                year.missed += 1
                year.unchecked += number not in plan.checked
        if book.customers.height and (fresh or n % EACH == 0):
            verdicts = decide(book, playbook=playbook, rules=rules)
            year.chased_on_track += verdicts.filter(pl.col("verdict") == "contact").height
    return year


def test_a_year_of_plans() -> None:
    year = live()
    print(f"{CUSTOMERS} customers, {DAYS} days: {year}")
    assert (year.chased_on_track, year.over) == (0, 0)
    assert (
        year.unchecked == 0 and year.missed > CUSTOMERS // 2
    )  # days behind; each had its check-in on the first of them
    assert year.done > CUSTOMERS // 3 and year.reminded > CUSTOMERS


def test_canary_without_the_hold_those_on_track_are_chased() -> None:
    assert live(held=False, days=10).chased_on_track > 0
