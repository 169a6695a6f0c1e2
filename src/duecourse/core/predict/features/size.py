"""The amount, beside what this customer and this currency usually bring."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.features.view import View
from duecourse.core.predict.features.weigh import halving, mean, quantile, ranked
from duecourse.core.predict.types import Floats

_LIKE = 0.5
"""Amounts within this distance on the logarithmic scale (a factor of 1.6) count as like this one."""
_NEAREST = 15


def size(view: View) -> dict[str, Floats]:
    book = view.book
    known = view.of_known(np.log1p(np.abs(book.amount)))
    same_currency = view.of_known(book.currency.astype(np.float64)) == book.currency[view.rows][:, None]
    known = np.where(same_currency, known, np.nan)
    distance = (np.nan_to_num(known, nan=np.inf) - view.size[:, None]) / _LIKE
    nearest = np.argsort(np.abs(distance), axis=1, kind="stable")[:, :_NEAREST]
    like, count = ranked(np.take_along_axis(view.late, nearest, axis=1))
    weights = halving(known.shape[1], 20) * np.exp(-(distance**2) / 2)
    return {
        "amount": view.size,
        "amount_is_negative": (book.amount[view.rows] < 0).astype(np.float64),
        "amount_to_usual": view.size - mean(known, np.ones(known.shape[1])),
        "late_like_amount": mean(view.late, np.where(weights > 1e-9, weights, 0.0)),
        **{f"like_amount_q{share}": quantile(like, count, share / 100) for share in (20, 50, 80)},
    }
