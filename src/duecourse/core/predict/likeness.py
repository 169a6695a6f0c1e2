"""Customers who are alike: a learned grouping by how they pay, how much, and how they like to be reached.

Seeded k-means over a few plain numbers, each family with the same weight (Lloyd 1982; first centres after Arthur and
Vassilvitskii 2007). How many groups is chosen by how well they lie apart (Rousseeuw 1987). It stands beside the readable
segments: it shows what customers have in common, and decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from duecourse.core.facts.lot import lot
from duecourse.core.predict.types import Floats, Ints

FEATURES: Final[dict[str, Any]] = {
    "customer": pl.Int64,
    "settled": pl.Int32,  # invoices that the numbers rest on
    "late": pl.Float64,  # median days late of those; null without any
    "share_late": pl.Float64,  # of them, more than three days late
    "size": pl.Float64,  # middle amount over that of all customers in the same currency; null without any
    "by_email": pl.Float64,  # shares of what they did towards us in the last year, by channel; null without any
    "by_phone": pl.Float64,
    "by_portal": pl.Float64,
}
ENOUGH: Final = 60
"""Customers with a habit below which no groups are formed."""
OWN: Final = 3
"""Settled invoices that a customer needs to be told like others."""
MOST: Final = 6
_SAMPLE: Final = 20_000
_ROUNDS: Final = 50
_STARTS: Final = 4


@dataclass(frozen=True)
class Group:
    """`key` is a letter, A pays earliest. `share` of the customers with a habit; `words` say what they have in common."""

    key: str
    share: float
    words: str

    @property
    def why(self) -> str:
        """A sentence for a customer's page."""
        return f"Like {max(1, round(self.share * 100))} in 100 customers, who {self.words}."


NOBODY: Final = "Not enough data to say whom this customer is like."


@dataclass(frozen=True)
class Likeness:
    """Groups as they were formed; `scales` are mean and spread of each column, `letters` those of the centres."""

    groups: tuple[Group, ...] = ()
    centres: Floats | None = None
    scales: tuple[tuple[float, float], ...] = ()
    letters: tuple[str, ...] = ()

    def of(self, features: pl.DataFrame) -> pl.DataFrame:
        """customer, likeness: a letter, or empty where too little is known of the customer or of all."""
        rows = _typed(features)
        known = _known(rows)
        if self.centres is None or known.height == 0:
            return rows.select("customer", likeness=pl.lit(""))
        nearest = _nearest(_grid(known, self.scales), self.centres)
        keyed = known.select(
            "customer", likeness=pl.Series([self.letters[g] for g in nearest.tolist()], dtype=pl.String)
        )
        return (
            rows.select("customer")
            .join(keyed, on="customer", how="left", maintain_order="left")
            .with_columns(pl.col("likeness").fill_null(""))
        )

    def why(self, key: str) -> str:
        """The sentence of a group."""
        return next((g.why for g in self.groups if g.key == key), NOBODY)


def form(features: pl.DataFrame, *, seed: int = 0) -> Likeness:
    """Groups of the customers in `features` (its shape: FEATURES). The same rows in any order give the same groups."""
    known = _known(_typed(features))
    scales = _scales(known)
    grid = _grid(known, scales)
    if known.height < ENOUGH or not grid.std(axis=0).any():
        return Likeness()
    sample = grid[np.argsort(lot(known["customer"].to_numpy(), "likeness", seed=seed), kind="stable")[:_SAMPLE]]
    centres = _best(sample, seed)
    nearest = _nearest(grid, centres)
    # Letters follow how late the group pays, so that they keep their meaning when the groups are formed again.
    late = known["late"].to_numpy()
    middle = [float(np.median(late[nearest == g])) if (nearest == g).any() else 0.0 for g in range(len(centres))]
    order = sorted(range(len(centres)), key=lambda g: (middle[g], g))
    letters = tuple(chr(ord("A") + order.index(g)) for g in range(len(centres)))
    keyed = known.with_columns(likeness=pl.Series([letters[g] for g in nearest.tolist()]))
    groups = tuple(
        Group(key, part.height / known.height, _words(part)) for (key,), part in sorted(keyed.group_by("likeness"))
    )
    return Likeness(groups, centres, scales, letters)


def _typed(features: pl.DataFrame) -> pl.DataFrame:
    return features.select(pl.col(c).cast(t) for c, t in FEATURES.items()).sort("customer")


def _known(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter((pl.col("settled") >= OWN) & pl.col("late").is_not_null() & pl.col("size").is_not_null())


def _columns(known: pl.DataFrame) -> list[tuple[Floats, float]]:
    """Each number with its weight: a family (history, amount, preference) spreads by about one."""
    size = np.clip(np.log2(np.maximum(known["size"].to_numpy(), 1e-3)), -4, 4)
    return [
        (np.clip(known["late"].to_numpy(), -30, 60), 0.7),
        (known["share_late"].fill_null(0).to_numpy(), 0.7),
        (size, 1.0),
        *((known[name].fill_null(0).to_numpy(), 0.6) for name in ("by_email", "by_phone", "by_portal")),
    ]


def _scales(known: pl.DataFrame) -> tuple[tuple[float, float], ...]:
    if known.height == 0:
        return ()
    return tuple((float(np.mean(values)), float(np.std(values))) for values, _ in _columns(known))


def _grid(known: pl.DataFrame, scales: tuple[tuple[float, float], ...]) -> Floats:
    """One row a customer."""
    if not scales:
        return np.zeros((0, 1))
    return np.column_stack(
        [
            np.clip((values - mean) / spread, -3, 3) * weight if spread > 0 else np.zeros(len(values))
            for (values, weight), (mean, spread) in zip(_columns(known), scales, strict=True)
        ]
    )


def _best(grid: Floats, seed: int) -> Floats:
    """Centres of the number of groups that lie apart best; fewer where it makes no difference."""
    distinct = len(np.unique(grid.round(9), axis=0))
    found = [_centres(grid, k, seed) for k in range(2, min(MOST, distinct) + 1)]
    if not found:
        return grid[:1]
    return max(found, key=lambda centres: (round(_apart(grid, centres), 2), -len(centres)))


def _centres(grid: Floats, k: int, seed: int) -> Floats:
    tried: list[tuple[float, int, Floats]] = []
    for start in range(_STARTS):
        rng = np.random.default_rng([seed, k, start])
        centres = grid[rng.integers(len(grid))][None, :]
        while len(centres) < k:
            far = ((grid[:, None, :] - centres[None]) ** 2).sum(axis=2).min(axis=1)
            if far.sum() <= 0:
                break
            centres = np.vstack([centres, grid[rng.choice(len(grid), p=far / far.sum())]])
        for _ in range(_ROUNDS):
            nearest = _nearest(grid, centres)
            kept = [grid[nearest == g].mean(axis=0) for g in range(len(centres)) if (nearest == g).any()]
            moved = np.array(kept)
            if moved.shape == centres.shape and np.allclose(moved, centres):
                break
            centres = moved
        loss = float(((grid - centres[_nearest(grid, centres)]) ** 2).sum())
        tried.append((loss, start, centres))
    return min(tried, key=lambda one: one[:2])[2]


def _nearest(grid: Floats, centres: Floats) -> Ints:
    out = np.zeros(len(grid), dtype=np.int64)
    for start in range(0, len(grid), 100_000):
        part = grid[start : start + 100_000]
        out[start : start + len(part)] = ((part[:, None, :] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
    return out


def _apart(grid: Floats, centres: Floats) -> float:
    """Mean silhouette against centres: 1 lies apart, 0 overlaps."""
    if len(centres) < 2:
        return -1.0
    distance = np.sort(np.sqrt(((grid[:, None, :] - centres[None]) ** 2).sum(axis=2)), axis=1)
    other = np.maximum(distance[:, 1], 1e-9)
    return float(((other - distance[:, 0]) / other).mean())


def _words(part: pl.DataFrame) -> str:
    late = round(float(np.median(part["late"].to_numpy())))
    when = (
        f"pay about {late} days late"
        if late > 1
        else f"pay about {-late} days early"
        if late < -1
        else "pay about on time"
    )
    size = float(np.median(part["size"].to_numpy()))
    amount = (
        "have larger invoices than most"
        if size > 1.5
        else "have smaller invoices than most"
        if size < 0.67
        else "have invoices of the usual size"
    )
    shares = {"by email": "by_email", "by phone": "by_phone", "on the page": "by_portal"}
    told = {name: float(part[column].fill_null(0).mean() or 0) for name, column in shares.items()}  # type: ignore[arg-type]
    best = max(told, key=lambda name: told[name])
    reach = f"answer {best}" if told[best] >= 0.25 else "rarely answer"
    return f"{when}, {amount} and {reach}"
