"""How often and how lately this customer settled something."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.features.view import View
from duecourse.core.predict.features.weigh import mean
from duecourse.core.predict.types import Floats

MONTH = 30


def rhythm(view: View) -> dict[str, Floats]:
    paid = view.of_known(view.book.settled.astype(np.float64))
    count = np.count_nonzero(view.is_known, axis=1)
    month = np.where(np.isnan(paid), np.nan, (paid >= (view.at - MONTH)[:, None]).astype(np.float64))
    in_month = np.nansum(month, axis=1)
    oldest = np.take_along_axis(paid, np.maximum(count - 1, 0)[:, None], axis=1)[:, 0]
    weights = np.nan_to_num(month)
    return {
        "days_since_settled": view.at - paid[:, 0],
        "settled_month": in_month,
        "late_month": mean(view.late, weights),
        "days_between": np.where(count > 1, (paid[:, 0] - oldest) / np.maximum(count - 1, 1), np.nan),
    }
