"""What a forecast may do to a decision (S24): bring one polite word forward, or hold words back. Nothing else, whatever it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from duecourse.core.decide import steps
from duecourse.core.decide.decide import decide
from duecourse.core.decide.explain import reasons
from duecourse.core.decide.playbook import MOST_EARLY, MOST_WAIT, BadPlaybook, Tempo, packaged, read
from duecourse.core.facts.book import Book
from tests.core.decide.test_decide import GOOD, RULES, TODAY, book, contacts, hold

THIRD = packaged("polite@3")
BLIND = replace(THIRD, tempo=Tempo())


def expected(late: float | None = None, alone: float | None = None) -> pl.DataFrame:
    return pl.DataFrame({"customer": [1], "late": [late], "alone": [alone]})


def decided(playbook=THIRD, **facts):  # type: ignore[no-untyped-def]
    return decide(book(**facts), playbook=playbook, rules=RULES).row(0, named=True)


FIRST = THIRD.from_day["new"][THIRD.place("day7") - 1]
WAITED = FIRST + THIRD.tempo.wait_days
CASES = [
    # due in or late by, chances (late, alone), verdict, why
    (-5, (0.8, None), "contact", "step_reached"),
    (-1, (0.8, None), "contact", "step_reached"),
    (-6, (0.8, None), "nothing", "not_due"),
    (-5, (0.59, None), "nothing", "not_due"),
    (-5, (None, None), "nothing", "not_due"),
    (0, (0.9, None), "nothing", "not_due"),  # the word is for before the due date
    (FIRST, (None, None), "contact", "step_reached"),
    (FIRST, (None, 0.9), "nothing", "likely_alone"),
    (WAITED - 1, (None, 0.9), "nothing", "likely_alone"),
    (WAITED, (None, 0.9), "contact", "step_reached"),  # no longer than that
    (FIRST, (None, 0.69), "contact", "step_reached"),
]  # fmt: skip


@pytest.mark.parametrize(("late", "chances", "verdict", "why"), CASES)
def test_tempo_as_a_table(late, chances, verdict, why) -> None:  # type: ignore[no-untyped-def]
    row = decided(late=(late,), expected=expected(*chances))
    assert (row["verdict"], row["why"]) == (verdict, why)


def test_an_early_word_is_said_once_and_says_why() -> None:
    row = decided(late=(-4,), expected=expected(0.9))
    assert (THIRD.steps[row["step"] - 1], row["moved"]) == ("pre_due", -5)
    assert "friendly word before the due date" in reasons(row, steps=THIRD.steps)[-1]["text"]
    again = decided(late=(-3,), done=(1,), expected=expected(0.9))
    assert again["verdict"] == "nothing"


def test_without_a_forecast_nothing_is_moved() -> None:
    whole, _ = crowd(300, seed=2)
    blind = replace(whole, expected=whole.expected.clear())
    assert decide(blind, playbook=THIRD, rules=RULES).equals(decide(whole, playbook=BLIND, rules=RULES))


STOPS = ("none", "dispute", "hardship", "one_debt", "promise", "opt_out", "wrote_lately", "payment", "no_address")


def crowd(n: int, *, seed: int) -> tuple[Book, list[str]]:
    """Customers with random invoices, one of STOPS each, and random chances, the extremes among them."""
    rng = np.random.default_rng(seed)
    stops = [STOPS[i % len(STOPS)] for i in range(n)]
    ids = {stop: [i for i in range(n) if stops[i] == stop] for stop in STOPS}
    one = book()
    owed = [(10 * i + k, i, int(rng.integers(-12, 60))) for i in range(n) for k in range(int(rng.integers(1, 4)))]
    chance = lambda: rng.choice([0.0, 0.5, 0.7, 1.0, float(rng.random())])  # noqa: E731
    frames = {
        "creditors": one.creditors,
        "customers": pl.concat([one.customers.with_columns(customer=pl.lit(i, pl.Int64)) for i in range(n)]),
        "debts": pl.DataFrame(
            [(debt, i, "GBP", 10_000, TODAY - timedelta(days=late), 1, None) for debt, i, late in owed],
            schema=one.debts.schema, orient="row",
        ),
        "points": pl.DataFrame(
            {"point": list(range(n)), "customer": list(range(n)), "kind": ["email"] * n, "rank": [1] * n}
        ).filter(~pl.col("customer").is_in(ids["no_address"])),
        "holds": pl.concat(
            hold(kind, debt).with_columns(customer=pl.lit(i, pl.Int64), debt=pl.lit(debt, pl.Int64))
            for name, kind in (("dispute", "dispute"), ("hardship", "hardship"), ("one_debt", "dispute"))
            for i in ids[name] for debt in [10 * i if name == "one_debt" else None]
        ),
        "promises": pl.DataFrame([{"customer": i, "currency": "GBP", "amount": 5, "by": TODAY} for i in ids["promise"]]),
        "opt_outs": pl.DataFrame([{"customer": i, "channel": "email", "point": None} for i in ids["opt_out"]]),
        "contacts": pl.concat(contacts(1, 2, 3, 4).with_columns(customer=pl.lit(i)) for i in ids["wrote_lately"]),
        "pending": pl.DataFrame([{"customer": i, "kind": "payment"} for i in ids["payment"]]),
        "expected": pl.DataFrame([{"customer": i, "late": chance(), "alone": chance()} for i in range(n)]),
    }  # fmt: skip
    return Book.of(one.at, **frames), stops


def test_no_forecast_opens_what_the_facts_or_the_rules_close() -> None:
    whole, stops = crowd(900, seed=1)
    blind = replace(whole, expected=whole.expected.clear())
    without, with_it = (decide(b, playbook=THIRD, rules=RULES) for b in (blind, whole))
    both = without.join(with_it, on="customer", suffix="_f").with_columns(stop=pl.Series(stops))
    closed = both.filter(~pl.col("stop").is_in(["none", "one_debt"]))
    assert closed.filter(pl.col("verdict_f") == "contact").height == 0
    held = both.filter((pl.col("stop") == "one_debt") & (pl.col("verdict_f") == "contact"))
    assert held.height > 0
    assert not any(10 * i in debts for i, debts in held.select("customer", "debts_f").iter_rows())
    new = both.filter((pl.col("verdict") != "contact") & (pl.col("verdict_f") == "contact"))
    assert new.height > 0
    assert new["step_f"].unique().to_list() == [1], "only the word before the due date"
    spoken = both.filter(pl.col("verdict_f") == "contact")["channel_f"].unique().to_list()
    assert spoken == ["email"]


def test_the_third_playbook_is_the_second_that_listens() -> None:
    second = packaged("polite@2")
    same = dict(version=3, text=THIRD.text, summary=THIRD.summary, tempo=THIRD.tempo)
    assert replace(second, **same) == THIRD


PLAIN, WORST = (0.0, 0.0), [(1.0, 1.0), (1.0, 0.0), (0.0, 1.0)]


def said() -> list[list[tuple[int, str]]]:
    """Day and step of each message about one invoice, the forecast staying as it is: PLAIN first, then each of WORST."""
    chances = [PLAIN, *WORST]
    out: list[list[tuple[int, str]]] = [[] for _ in chances]
    one = book()
    everybody = pl.DataFrame({"customer": range(len(chances))}, schema={"customer": pl.Int64})
    for day in range(-9, 41):
        wrote = [(i, day - d) for i, sent in enumerate(out) for d, _ in sent]
        facts = Book.of(
            one.at,
            creditors=one.creditors,
            customers=everybody.join(one.customers.drop("customer"), how="cross").select(one.customers.columns),
            debts=everybody.join(book(late=(day,)).debts.drop("customer", "debt"), how="cross").with_columns(debt="customer"),
            points=everybody.join(one.points.drop("customer", "point"), how="cross").with_columns(point="customer"),
            reminded=pl.DataFrame(
                [{"debt": i, "round": 1, "step": THIRD.place(sent[-1][1])} for i, sent in enumerate(out) if sent],
                schema=one.reminded.schema,
            ),
            contacts=pl.concat(
                [one.contacts, *(contacts(ago).with_columns(customer=pl.lit(i, pl.Int64)) for i, ago in wrote if ago < 30)],
                how="diagonal_relaxed",
            ),
            expected=pl.DataFrame([{"customer": i, "late": c[0], "alone": c[1]} for i, c in enumerate(chances)]),
        )  # fmt: skip
        for row in decide(facts, playbook=THIRD, rules=RULES).filter(pl.col("verdict") == "contact").to_dicts():
            out[row["customer"]].append((day, THIRD.steps[row["step"] - 1]))
    return out


def test_a_forecast_adds_one_word_at_most_and_never_hurries_the_others() -> None:
    plain, *worst = said()
    assert len(plain) == 4
    for moved in worst:
        later = [(day, step) for day, step in moved if step != "pre_due"]
        assert [step for _, step in later] == [step for _, step in plain]
        assert len(moved) - len(later) <= 1
        assert all(0 <= d2 - d1 <= MOST_WAIT for (d1, _), (d2, _) in zip(plain, later, strict=True))
        assert all(-MOST_EARLY <= day < 0 for day, step in moved if step == "pre_due")


def test_the_canary_a_forecast_without_its_bounds_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where `early` held after the due date too, the test above must fail."""
    always = lambda playbook: (pl.col("likely_late") >= playbook.tempo.likely_late).fill_null(False)  # noqa: E731
    monkeypatch.setattr(steps, "_early", always)
    with pytest.raises(AssertionError):
        test_a_forecast_adds_one_word_at_most_and_never_hurries_the_others()


WRONG = [
    ("early_days = 5", "early_days = 30", "write 0 to 7"),
    ("wait_days = 4", "wait_days = 90", "write 0 to 7"),
    ("likely_late = 0.6", "likely_late = 0.1", "from 0.5 to 1"),
    ("wait_days = 4", 'channel = "sms"', "nothing that a forecast may change"),
    ("wait_days = 4", "skip_rules = true", "nothing that a forecast may change"),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG)
def test_a_playbook_cannot_give_a_forecast_more_than_the_tempo(old: str, new: str, says: str) -> None:
    assert old in THIRD.text
    with pytest.raises(BadPlaybook, match=says):
        read(THIRD.text.replace(old, new))


def test_a_person_s_choice_stands_above_the_rules() -> None:
    placed = pl.DataFrame({"customer": [1], "segment": ["usually_late"]})
    day = THIRD.from_day["usually_late"][THIRD.place("day7") - 1] + 1  # the usual day is one after the due date
    assert decided(late=(day,), settled=GOOD)["segment"] == "good_payer"
    row = decided(late=(day,), settled=GOOD, placed=placed)
    assert (row["segment"], row["placed"], row["verdict"]) == ("usually_late", True, "contact")
    assert "A person chose" in reasons(row, steps=THIRD.steps)[1]["text"]
    unknown = pl.DataFrame({"customer": [1], "segment": ["vip"]})
    assert decided(late=(day,), settled=GOOD, placed=unknown)["segment"] == "good_payer"
