"""Which model is in use: one that a second person approved, after reading its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class PromotionRefused(Exception):
    """The approval may not be given. `str(...)` says why and what to do."""


def promotion(model: str, *, fitted_by: str, approved_by: str, at: str, why: str) -> dict[str, str]:
    """The row that records an approval. Raises PromotionRefused where one person would approve their own work.

    >>> promotion("m1", fitted_by="Ana", approved_by=" ana ", at="2026-11-24T09:00:00+00:00", why="reads well")
    Traceback (most recent call last):
    duecourse.core.predict.promotion.PromotionRefused: Ana fitted this model. Somebody else must approve it.
    """
    if not approved_by.strip():
        raise PromotionRefused("Say who approves: --by NAME")
    if not why.strip():
        raise PromotionRefused("Say why it may be used: --why TEXT")
    if _person(fitted_by) == _person(approved_by):
        raise PromotionRefused(f"{fitted_by.strip()} fitted this model. Somebody else must approve it.")
    return {
        "model": model,
        "fitted_by": fitted_by.strip(),
        "approved_by": approved_by.strip(),
        "at": at,
        "why": why.strip(),
    }


def in_use(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """The model that was approved last, or None.

    >>> in_use([{"model": "m1"}, {"model": "m2"}])
    'm2'
    """
    return str(rows[-1]["model"]) if rows else None


def _person(name: str) -> str:
    return " ".join(name.casefold().split())
