"""Who may let a model be used."""

from __future__ import annotations

import pytest

from duecourse.core.predict.promotion import PromotionRefused, promotion

CASES = [
    ("Ana", "Ben", "reads well", None),
    ("Ana", "Ana", "reads well", "Somebody else must approve it"),
    ("Ana", " aNA ", "reads well", "Somebody else must approve it"),
    ("Ana  Lee", "ana lee", "reads well", "Somebody else must approve it"),
    ("Ana", "  ", "reads well", "Say who approves"),
    ("Ana", "Ben", " ", "Say why"),
]


@pytest.mark.parametrize(("fitted_by", "approved_by", "why", "refused"), CASES)
def test_promotion(fitted_by, approved_by, why, refused):
    ask = lambda: promotion("m", fitted_by=fitted_by, approved_by=approved_by, at="2026-11-24", why=why)  # noqa: E731
    if refused:
        with pytest.raises(PromotionRefused, match=refused):
            ask()
    else:
        assert ask() == {
            "model": "m",
            "fitted_by": "Ana",
            "approved_by": "Ben",
            "at": "2026-11-24",
            "why": "reads well",
        }
