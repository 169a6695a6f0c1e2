"""Habits told from the customer's usual day, so that what is learned from one customer serves another."""

from __future__ import annotations

from duecourse.core.predict.types import Floats

PREFIX = "from_usual:"
_OF = """after_q10 after_q25 after_q75 after_q90 after_median_20 before_q50 before_median_20 late_q50 late_last
late_lately late_like_amount weekday_median like_amount_q50 near_due_median around_due_median
late_near_monthday""".split()


def relative(found: dict[str, Floats]) -> dict[str, Floats]:
    """Each of these beside `usual_day`, in days."""
    return {PREFIX + name: found[name] - found["usual_day"] for name in _OF}
