"""How this customer paid before: the middle, the spread, the last ones, shrunken to all customers where little is known."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.features.portfolio import so_far
from duecourse.core.predict.features.view import View
from duecourse.core.predict.features.weigh import halving, mean, median, quantile, ranked
from duecourse.core.predict.types import Floats

SHRINK = 5.0
"""All customers count as this many invoices of the customer's own."""


def habit(view: View) -> dict[str, Floats]:
    late = view.late
    depth = late.shape[1]
    in_order, count = ranked(late)
    there = count.astype(np.float64)
    was_late = np.where(np.isnan(late), np.nan, (late > 0).astype(np.float64))
    all_mean, all_share = so_far(view)
    total, total_late = np.nansum(late, axis=1), np.nansum(was_late, axis=1)
    own_mean = total / np.maximum(there, 1)
    squares = np.nansum(late**2, axis=1) / np.maximum(there, 1)
    return {
        "settled": there,
        **{f"late_q{share}": quantile(in_order, count, share / 100) for share in (10, 25, 50, 75, 90)},
        "late_median_5": median(late[:, :5]),
        "late_median_20": median(late[:, :20]),
        "late_last": late[:, 0],
        "late_last_but_one": late[:, 1],
        "late_lately": mean(late, halving(depth, 3)),
        "late_steady": mean(late, halving(depth, 10)),
        "share_late_lately": mean(was_late, halving(depth, 10)),
        "late_shrunk": (total + SHRINK * all_mean) / (there + SHRINK),
        "share_late_shrunk": (total_late + SHRINK * all_share) / (there + SHRINK),
        "late_spread": np.sqrt(np.maximum(squares - own_mean**2, 0.0)),
    }
