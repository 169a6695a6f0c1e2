"""Groups of customers who are alike: found where they are, none where there is too little, the same in any order."""

from __future__ import annotations

import numpy as np
import polars as pl

from duecourse.core.predict.likeness import FEATURES, NOBODY, form


def _crowd(each: int = 40, *, seed: int = 5) -> pl.DataFrame:
    """Three kinds: early and small by e-mail, late and large by phone, on time and usual on the page."""
    rng = np.random.default_rng(seed)
    parts = []
    for kind, (late, size, channel) in enumerate([(-6, 0.3, "by_email"), (25, 6.0, "by_phone"), (0, 1.0, "by_portal")]):
        parts.append(
            pl.DataFrame(
                {
                    "customer": range(kind * 1000, kind * 1000 + each),
                    "settled": [9] * each,
                    "late": rng.normal(late, 1.5, each),
                    "share_late": np.clip(rng.normal(0.9 if late > 3 else 0.05, 0.05, each), 0, 1),
                    "size": size * np.exp(rng.normal(0, 0.1, each)),
                    **{c: [0.9 if c == channel else 0.05] * each for c in ("by_email", "by_phone", "by_portal")},
                },
                schema=FEATURES,
            )
        )
    return pl.concat(parts)


def test_kinds_that_lie_apart_are_found_and_named() -> None:
    crowd = _crowd()
    found = form(crowd)
    kinds = found.of(crowd).group_by(pl.col("customer") // 1000).agg(pl.col("likeness").unique()).sort("customer")
    assert kinds["likeness"].list.len().to_list() == [1, 1, 1]
    assert [key for (key,) in kinds["likeness"].to_list()] == ["A", "C", "B"]
    assert found.why("C") == (
        "Like 33 in 100 customers, who pay about 25 days late, have larger invoices than most and answer by phone."
    )


def test_the_order_of_rows_and_the_run_make_no_difference() -> None:
    crowd = _crowd()
    once, again = form(crowd), form(crowd.reverse())
    assert once.groups == again.groups
    assert once.of(crowd).equals(again.of(crowd.reverse()))
    assert once.of(crowd.head(50)).equals(once.of(crowd).head(50)), "a part of the book gets the same letters"


def test_too_little_is_said() -> None:
    few = form(_crowd(10))
    assert few.groups == ()
    assert few.of(_crowd(10))["likeness"].unique().to_list() == [""]
    assert few.why("") == NOBODY
    new = pl.DataFrame({"customer": [9999], "settled": [1]}).with_columns(
        pl.lit(None).cast(t).alias(c) for c, t in FEATURES.items() if c not in ("customer", "settled")
    )
    both = pl.concat([_crowd(), new.select(pl.col(c).cast(t) for c, t in FEATURES.items())])
    assert form(both).of(both).filter(pl.col("customer") == 9999)["likeness"].to_list() == [""]


def test_everybody_alike_and_nobody_at_all() -> None:
    alike = _crowd().with_columns(
        late=pl.lit(2.0), share_late=pl.lit(0.0), size=pl.lit(1.0),
        by_email=pl.lit(0.0), by_phone=pl.lit(0.0), by_portal=pl.lit(0.0),
    )  # fmt: skip
    assert form(alike).groups == ()
    assert form(alike.clear()).of(alike.clear()).height == 0


def test_new_data_forms_the_groups_again() -> None:
    """A customer who starts to pay late moves."""
    before = _crowd()
    moved = _crowd().with_columns(
        late=pl.when(pl.col("customer") == 0).then(26.0).otherwise("late"),
        share_late=pl.when(pl.col("customer") == 0).then(0.9).otherwise("share_late"),
        size=pl.when(pl.col("customer") == 0).then(6.0).otherwise("size"),
    )
    key = lambda crowd: form(crowd).of(crowd).filter(pl.col("customer") == 0)["likeness"].item()  # noqa: E731
    assert (key(before), key(moved)) == ("A", "C")
