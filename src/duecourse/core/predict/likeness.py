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
    """`key` is a letter, A pays earliest. `words` say what its customers have in common."""

    key: str
    customers: int
    words: str


@dataclass(frozen=True)
class Grouping:
    """`member`: customer, likeness (empty where too little is known), one row a customer asked about."""

    groups: tuple[Group, ...]
    member: pl.DataFrame

    def why(self, key: str) -> str:
        """A sentence for a customer's page."""
        found = next((g for g in self.groups if g.key == key), None)
        if found is None:
            return "Not enough data to say whom this customer is like."
        return f"Like {found.customers - 1:,} others who {found.words}."


def likeness(features: pl.DataFrame, *, seed: int = 0) -> Grouping:
    """Groups of the customers in `features` (its shape: FEATURES). The same rows in any order give the same groups."""
    rows = features.select(pl.col(c).cast(t) for c, t in FEATURES.items()).sort("customer")
    known = rows.filter((pl.col("settled") >= OWN) & pl.col("late").is_not_null() & pl.col("size").is_not_null())
    grid = _grid(known)
    if known.height < ENOUGH or not grid.std(axis=0).any():
        return Grouping((), rows.select("customer", likeness=pl.lit("")))
    sample = grid[np.argsort(lot(known["customer"].to_numpy(), "likeness", seed=seed), kind="stable")[:_SAMPLE]]
    centres = _best(sample, seed)
    nearest = _nearest(grid, centres)
    # Letters follow how late the group pays, so that they keep their meaning when the groups are formed again.
    late = known["late"].to_numpy()
    order = sorted(set(nearest.tolist()), key=lambda g: (float(np.median(late[nearest == g])), g))
    letter = {g: chr(ord("A") + n) for n, g in enumerate(order)}
    keyed = known.with_columns(likeness=pl.Series([letter[g] for g in nearest.tolist()]))
    groups = tuple(Group(key, part.height, _words(part)) for (key,), part in sorted(keyed.group_by("likeness")))
    member = rows.join(keyed.select("customer", "likeness"), on="customer", how="left", maintain_order="left")
    return Grouping(groups, member.select("customer", pl.col("likeness").fill_null("")))


def _grid(known: pl.DataFrame) -> Floats:
    """One row a customer; each family (history, amount, preference) spreads by about one."""
    size = np.clip(np.log2(np.maximum(known["size"].to_numpy(), 1e-3)), -4, 4)
    columns = {
        "late": (np.clip(known["late"].to_numpy(), -30, 60), 0.7),
        "share_late": (known["share_late"].fill_null(0).to_numpy(), 0.7),
        "size": (size, 1.0),
        **{name: (known[name].fill_null(0).to_numpy(), 0.6) for name in ("by_email", "by_phone", "by_portal")},
    }
    scaled = []
    for values, weight in columns.values():
        spread = float(np.std(values)) if len(values) else 0.0
        scaled.append(
            np.clip((values - np.mean(values)) / spread, -3, 3) * weight if spread > 0 else np.zeros(len(values))
        )
    return np.column_stack(scaled) if scaled else np.zeros((0, 1))


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
