"""The simulated year: the same seed gives the same world, through the production decision, and nothing is invented."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from duecourse.core.decide.digest import digest
from duecourse.core.decide.playbook import packaged, read
from duecourse.core.facts.lot import lot
from duecourse.core.law.gate import Rulebook
from duecourse.core.simulate import live as living
from duecourse.core.simulate.live import live
from duecourse.core.simulate.outcome import MEASURES, by_customer, value
from duecourse.core.simulate.world import World

START = date(2026, 1, 5)
RULES = Rulebook.load(as_of=START)
SIZE = dict(customers=120, days=40, start=START, rules=RULES)


@pytest.fixture(scope="module")
def world() -> World:
    return live(packaged("polite@2"), seeds=[3], **SIZE)


def test_the_same_seed_gives_the_same_hash_and_another_does_not(world):
    assert live(packaged("polite@2"), seeds=[3], **SIZE).log.hash() == world.log.hash()
    assert live(packaged("polite@2"), seeds=[4], **SIZE).log.hash() != world.log.hash()


def test_worlds_side_by_side_are_the_worlds_alone(world):
    both = live(packaged("polite@2"), seeds=[8, 3], **SIZE)
    assert digest(both.part(both.log.frame(), 1)) == world.log.hash()
    assert both.part(by_customer(both), 1).equals(by_customer(world))


def test_asking_only_those_for_whom_it_matters_changes_nothing(world):
    assert live(packaged("polite@2"), seeds=[3], everybody=True, **SIZE).log.hash() == world.log.hash()


def test_sleeping_too_long_is_found_out(world, monkeypatch):
    def oversleep(world, decisions):
        world.wake[world.at_places(decisions["customer"])] = world.day + 12

    monkeypatch.setattr(living, "_sleep", oversleep)
    assert live(packaged("polite@2"), seeds=[3], **SIZE).log.hash() != world.log.hash()


def test_customers_are_the_same_under_every_playbook(world):
    other = live(packaged("plain"), seeds=[3], **SIZE)
    assert (other.people.usual_day == world.people.usual_day).all()
    assert (other.bills.alone == world.bills.alone).all()


def test_money_is_neither_made_nor_lost(world):
    came = world.log.frame().filter(pl.col("kind").is_in(["payment", "credit"]))["amount"].sum()
    of_the_year = world.bills.first_due >= 0
    past = (world.bills.first_due < 0) & (world.bills.closed >= 0)  # open on the first day
    fell = world.bills.amount[of_the_year | past].sum() - world.bills.open[of_the_year | past].sum()
    assert came == fell


def test_nobody_is_written_to_about_money_that_came():
    lived = live(packaged("polite@1"), seeds=[3], **SIZE)
    log, bills = lived.log.frame(), lived.bills
    sent = log.filter(pl.col("kind") == "contact").select("customer", "day").rows()
    for customer, day in sent:
        owes = (bills.who == customer - 1) & (bills.issued <= day) & (bills.closed > day)
        assert owes.any(), (customer, day)
    stopped = log.filter(pl.col("kind") == "refused", pl.col("what") == "nothing_open").height
    assert len(sent) > 50 and stopped > 0, "the last look had something to stop"


def test_what_a_year_came_to_adds_up(world):
    frame = by_customer(world)
    assert frame.height == SIZE["customers"]
    assert (frame["paid"] <= frame["owed"]).all()
    assert frame["contacts"].sum() == world.log.frame().filter(pl.col("kind").is_in(["contact", "call"])).height
    values = {m.key: value(frame, m) for m in MEASURES}
    assert values["recovered"] is None or 0 <= values["recovered"] <= 100


def test_an_hourly_strategy_is_refused_by_the_gate():
    days = ", ".join(f"s{n} = {n}" for n in range(40))
    segments = "".join(
        f"[segments.{s}]\nfrom_day = {{ {days} }}\n" for s in ("good_payer", "usually_late", "new", "large")
    )
    eager = read(
        f'name = "eager"\nversion = 1\nsteps = {[f"s{n}" for n in range(40)]}\nchannels = ["email"]\n'
        f"finished_after_days = 7\n{segments}[amounts]\nlarge = 1000000\nleast = 1\n"
    )
    lived = live(eager, seeds=[3], **SIZE).log.frame()
    refused = lived.filter(pl.col("what") == "rule:HOUSE-BUDGET", pl.col("kind") == "deferred").height
    sent = lived.filter(pl.col("kind") == "contact").group_by("customer", pl.col("day") // 7).len()
    assert refused > 20
    assert sent["len"].max() <= 3  # a calendar week may touch two windows of seven days


@pytest.mark.parametrize("customers", [1, 2])
def test_the_smallest_worlds_live(customers):
    assert live(packaged("polite"), seeds=[1], **{**SIZE, "customers": customers}).day == SIZE["days"] - 1


def test_lots_are_even_and_apart():
    ids = np.arange(50_000)
    one, two = lot(ids, "a"), lot(ids, "b")
    assert abs(one.mean() - 0.5) < 0.005 and abs(np.corrcoef(one, two)[0, 1]) < 0.02
    assert (lot(ids[::-1], "a")[::-1] == one).all()
