"""On which days this customer pays: working days after the due date, and days of the week."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from duecourse.core.predict.features.view import View
from duecourse.core.predict.features.weigh import halving, mean, median, quantile, ranked
from duecourse.core.predict.types import Floats, Ints

Dates: TypeAlias = npt.NDArray[np.datetime64]
_EPOCH = 719_162
"""1970-01-01 as a day number."""


def payday(view: View) -> dict[str, Floats]:
    """`usual_day` is the customer's habit in working days, told in calendar days from this due date."""
    out = {**_from(view, "forward", "after"), **_from(view, "backward", "before"), **_weekdays(view), **_holidays(view)}
    out["usual_day"] = out.pop("after_q50")
    return out


def _from(view: View, roll: str, name: str) -> dict[str, Floats]:
    """Working days between the due date, moved off the weekend by `roll`, and the settlement."""
    book = view.book
    closed = _dates(view.closed)
    start = _rolled(book.due, roll, closed)
    worked = np.busday_count(start, _rolled(book.settled, "forward", closed), holidays=closed).astype(np.float64)
    known = view.of_known(worked)
    in_order, count = ranked(known)
    own = start[view.rows]
    out = {
        f"{name}_q{share}": _told(own, quantile(in_order, count, share / 100), view) for share in (10, 25, 50, 75, 90)
    }
    middle = quantile(in_order, count, 0.5)
    out[f"{name}_same"] = np.where(count > 0, (known == middle[:, None]).sum(axis=1) / np.maximum(count, 1), np.nan)
    out[f"{name}_width"] = quantile(in_order, count, 0.75) - quantile(in_order, count, 0.25)
    out[f"{name}_lately"] = mean(known, halving(known.shape[1], 10))
    out[f"{name}_median_20"] = _told(own, median(known[:, :20]), view)
    return out


def _weekdays(view: View) -> dict[str, Floats]:
    """Habit on invoices that fell due on the same weekday, and the share of payments n days of the week later."""
    book = view.book
    late = view.late
    same = np.where(view.of_known((book.due % 7).astype(np.float64)) == view.weekday[:, None], late, np.nan)
    weights = halving(late.shape[1], 20)
    was_late = np.where(np.isnan(same), np.nan, (same > 0).astype(np.float64))
    paid_on = view.of_known((book.settled % 7).astype(np.float64))
    count = np.maximum(np.count_nonzero(view.is_known, axis=1), 1)
    return {
        "weekday_settled": np.count_nonzero(~np.isnan(same), axis=1).astype(np.float64),
        "weekday_late": mean(same, weights),
        "weekday_share_late": mean(was_late, weights),
        "weekday_median": median(same),
        **{f"pays_{n}_on": (paid_on == ((view.weekday + n) % 7)[:, None]).sum(axis=1) / count for n in range(7)},
    }


def _holidays(view: View) -> dict[str, Floats]:
    """Days from the due date to the next bank day, and holidays in the week before and after."""
    closed = np.sort(view.closed)

    def between(first: Ints, last: Ints) -> Floats:
        return np.asarray(np.searchsorted(closed, last, "right") - np.searchsorted(closed, first, "left"), np.float64)

    open_day = _rolled(view.due, "forward", _dates(view.closed)).astype(np.int64) + _EPOCH
    return {
        "days_to_bank_day": (open_day - view.due).astype(np.float64),
        "holidays_before": between(view.due - 6, view.due - 1),
        "holidays_after": between(view.due, view.due + 6),
    }


def _rolled(days: Ints, roll: str, closed: Dates) -> Dates:
    return np.asarray(np.busday_offset(_dates(days), 0, roll=roll, holidays=closed))  # type: ignore[call-overload]


def _dates(days: Ints) -> Dates:
    return (days - _EPOCH).astype("datetime64[D]")


def _told(start: Dates, working_days: Floats, view: View) -> Floats:
    """So many working days from `start`, as calendar days from the due date."""
    there = ~np.isnan(working_days)
    whole = np.where(there, np.rint(working_days), 0).astype(np.int64)
    day = np.busday_offset(start, whole, roll="forward", holidays=_dates(view.closed)).astype(np.int64) + _EPOCH
    return np.where(there, (day - view.due).astype(np.float64), np.nan)
