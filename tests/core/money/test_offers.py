"""The offer engine: equal circumstances, equal menus; hardship never worse; what is offered can be afforded and is in the limits."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta

import polars as pl
import pytest

from duecourse.core.money.offers import menu as engine
from duecourse.core.money.offers.cases import CASES
from duecourse.core.money.offers.exact import best, menu_value
from duecourse.core.money.offers.menu import menus, suitable
from duecourse.core.money.offers.policy import BadPolicy, packaged, read
from duecourse.core.money.offers.terms_of import outside, terms_of
from duecourse.core.money.offers.ways import with_limits
from duecourse.core.money.plans.terms import Way

TODAY = date(2026, 11, 25)
PAIRS = int(os.environ.get("DUECOURSE_OFFER_PAIRS", "4000"))
SEED = 20261125


def draw(rng: random.Random, i: int) -> dict:
    spare = rng.choice([None, 0, rng.randint(1, 200_000), rng.randint(1, 5_000)])
    opened = rng.choice([rng.randint(1, 2_000), rng.randint(2_000, 300_000), rng.randint(300_000, 30_000_000)])
    inflows = [{"day": TODAY + timedelta(days=rng.randint(5, 120)), "minor": rng.randint(1, opened)} for _ in range(rng.choice([0, 0, 0, 3]))]  # fmt: skip
    return {
        "case": i, "currency": rng.choice(["GBP", "EUR", "JPY", "KWD"]), "open": opened, "debts": rng.randint(1, 5),
        "due": TODAY + timedelta(days=rng.randint(-200, 60)), "spare": spare, "lump": rng.choice([None, None, rng.randint(0, opened)]),
        "inflows": inflows, "every": rng.choice(["month", "fortnight", "week", "payday"]), "payday": rng.randint(1, 31),
        "hardship": rng.random() < 0.3, "on_time": rng.randint(0, 12),
    }  # fmt: skip


def batch(rows: list[dict]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=CASES)


def made(rows: list[dict], *, role: str = "collector") -> dict[int, list[tuple]]:
    found = menus(batch(rows), packaged(), role=role, today=TODAY)
    out: dict[int, list[tuple]] = {row["case"]: [] for row in rows}
    for row in found.drop("case").with_columns(case=found["case"]).rows(named=True):
        out[row.pop("case")].append(tuple(row.values()))
    return out


def test_equal_circumstances_give_equal_menus_in_any_company() -> None:
    rng = random.Random(SEED)
    rows = [draw(rng, i) for i in range(PAIRS)]
    twins = [{**row, "case": 10_000_000 + 7 * row["case"]} for row in rows]
    crowd = [*twins[: PAIRS // 2], *rows]
    rng.shuffle(crowd)
    together, alone = made(crowd), made(twins[PAIRS // 2 :])
    for row, twin in zip(rows, twins, strict=True):
        assert together[row["case"]] == {**together, **alone}[twin["case"]]


def worse(plain: list[tuple], hard: list[tuple]) -> bool:
    """Is anything gone that was there before disclosure? Places may differ."""
    return not {option[1:] for option in plain} <= {option[1:] for option in hard}


def count_worse(pairs: int) -> tuple[int, int]:
    rng = random.Random(SEED + 1)
    rows = [{**draw(rng, i), "hardship": False} for i in range(pairs)]
    plain, hard = made(rows), made([{**row, "hardship": True} for row in rows])
    wider = sum(len(hard[i]) > len(plain[i]) for i in range(pairs))
    return sum(worse(plain[i], hard[i]) for i in range(pairs)), wider


def test_disclosing_hardship_is_never_worse() -> None:
    gone, wider = count_worse(PAIRS)
    assert gone == 0
    assert wider > PAIRS * 0.9  # and nearly always there is one option more


def test_canary_a_menu_of_its_own_for_hardship_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that swaps an option for the wider one, as a hard limit of three would, makes some menus worse."""
    added = engine._added
    monkeypatch.setattr(engine, "_greedy", lambda found, greedy=engine._greedy: greedy(found).filter(
        ~pl.col("hardship") | (pl.col("way") != "extension")))  # fmt: skip
    assert count_worse(500)[0] > 0
    assert added is engine._added


def test_menus_have_two_to_four_options_that_fit() -> None:
    rng = random.Random(SEED + 2)
    rows = [row for row in (draw(rng, i) for i in range(PAIRS)) if row["open"] > 1_000_000 or row["currency"] == "GBP"]
    for row in rows:
        options = by_case(rows)[row["case"]]
        assert 1 <= len(options) <= 4 and (len(options) >= 2 or row["open"] < 1_000)
        assert all(o["total"] + o["forgiven"] == row["open"] and o["each"] > 0 for o in options)
        if row["spare"] and not all(o["burden"] is None or o["burden"] > 100 for o in options):
            fits = [o for o in options if o["burden"] is None or o["burden"] <= 100]
            assert len(fits) >= min(2, len(options)) or len(options) == 2


_BY_CASE: dict[int, dict[int, list[dict]]] = {}


def by_case(rows: list[dict]) -> dict[int, list[dict]]:
    if id(rows) not in _BY_CASE:
        found = menus(batch(rows), packaged(), role="collector", today=TODAY)
        groups: dict[int, list[dict]] = {row["case"]: [] for row in rows}
        for option in found.rows(named=True):
            groups[option["case"]].append(option)
        _BY_CASE[id(rows)] = groups
    return _BY_CASE[id(rows)]


def test_every_option_becomes_terms_within_the_limits() -> None:
    rng = random.Random(SEED + 3)
    rows = [draw(rng, i) for i in range(600)]
    for row in rows:
        limit = packaged().limit("collector", row["open"], row["currency"], hardship=row["hardship"])
        inflows = [(x["day"], x["minor"]) for x in row["inflows"]]
        for option in by_case(rows)[row["case"]]:
            terms = terms_of(
                option, [(7, row["open"])], currency=row["currency"], payday=row["payday"], inflows=inflows
            )
            assert terms.total_minor == option["total"] and terms.forgiven_minor == option["forgiven"]
            assert terms.instalments[0][0] > TODAY
            if option["every"] != "inflows" and option["count"] > 1:
                assert outside(terms, limit, due=row["due"], today=TODAY) in ("", "A payment is smaller than the least that is worth its handling")  # fmt: skip


def test_a_firm_pays_on_the_days_it_expects_money_and_early_payers_get_their_discount() -> None:
    base = {**draw(random.Random(1), 1), "currency": "GBP", "open": 100_000, "debts": 1, "spare": None, "lump": None, "hardship": False}  # fmt: skip
    days = [{"day": TODAY + timedelta(days=9), "minor": 60_000}, {"day": TODAY + timedelta(days=40), "minor": 60_000}]
    rows = [
        {**base, "inflows": days},
        {**base, "case": 2, "due": TODAY + timedelta(days=30), "inflows": []},
        {**base, "case": 3, "due": TODAY - timedelta(days=1), "inflows": []},
    ]
    firm, early, late = (by_case(rows)[i] for i in (1, 2, 3))
    assert any(o["every"] == "inflows" and o["count"] == 2 for o in firm)
    assert [o["forgiven"] for o in early if o["way"] == Way.EARLY_DISCOUNT] == [1_000]
    assert not [o for o in late if o["forgiven"]]  # never for being late


def gap(cases: int) -> tuple[float, float]:
    """How far the quick menu is from the best of all, as a part of the best: the mean and the most, over so many cases."""
    rng = random.Random(SEED + 4)
    rows = [{**draw(rng, i), "hardship": False} for i in range(cases)]
    found = suitable(with_limits(batch(rows), packaged(), role="lead", hardship=False), packaged(), today=TODAY)
    chosen = engine._greedy(found)
    gaps = []
    for case, options in found.group_by("case"):
        quick = chosen.filter(pl.col("case") == case[0]).to_dicts()
        exact = menu_value(best(options.sort("rank").to_dicts()))
        gaps.append((exact - menu_value(quick)) / max(1.0, abs(exact)))
    assert min(gaps) > -1e-9  # nothing is better than the best
    return sum(gaps) / len(gaps), max(gaps)


def test_the_quick_menu_is_near_the_best_of_all() -> None:
    mean, most = gap(400)
    print(f"greedy menu below the exact optimum: mean {mean:.4%}, most {most:.4%}")
    assert mean < 0.001 and most < 0.05


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("times = 5", 'times = "five"', "worth.times"),
        ("below = 50000", "below = 600000", "bands"),
        ("months = 24", "months = 0", "limits"),
        ("[early]", "[earlier]", "early is missing"),
        ("name =", "name", "not TOML"),
    ],
)
def test_a_policy_that_cannot_hold_is_refused_with_its_place(old: str, new: str, says: str) -> None:
    from importlib.resources import files

    text = (files("duecourse.core.money.offers") / "default.toml").read_text(encoding="utf-8")
    with pytest.raises(BadPolicy, match=says):
        read(text.replace(old, new, 1))
