"""How all customers paid, as far as was known: the prior of a customer of whom little is known."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.features.view import View
from duecourse.core.predict.invoices import SPAN
from duecourse.core.predict.types import Floats, Ints

SHRINK = 20.0
"""A group with fewer settled invoices than this says little that all customers together do not say."""


def so_far(view: View) -> tuple[Floats, Floats]:
    """Mean days late and share late of everything settled before each question, without the invoice itself."""
    count, late, share = _settled(view, np.zeros_like(view.book.customer))
    return late / np.maximum(count, 1), share / np.maximum(count, 1)


def portfolio(view: View) -> dict[str, Floats]:
    """How invoices under these terms and in this currency differ from all, drawn to no difference where few are known.

    The level of all customers itself is left out: it is the same for everybody on a day, so that what is learned from
    it is the season of a single year.
    """
    overall, _ = so_far(view)
    return {
        "terms_late_more": _difference(view, view.book.terms, overall),
        "currency_late_more": _difference(view, view.book.currency, overall),
    }


def _difference(view: View, group: Ints, overall: Floats) -> Floats:
    count, late, _ = _settled(view, group)
    return (late - count * overall) / (count + SHRINK)


def _settled(view: View, group: Ints) -> tuple[Floats, Floats, Floats]:
    """Of the group's invoices settled before `at`, without the invoice itself: count, sum of days late, count late."""
    book = view.book
    key = group * SPAN + book.settled
    order = np.argsort(key, kind="stable")
    in_order, asked = key[order], group[view.rows] * SPAN
    first, last = np.searchsorted(in_order, asked, "left"), np.searchsorted(in_order, asked + view.at, "left")
    own = book.settled[view.rows] < view.at
    late = (book.settled - book.due).astype(np.float64)

    def total(values: Floats) -> Floats:
        # Whole numbers add up exactly in any order, so a shuffled book gives the same bits.
        sums = np.concatenate([[0.0], np.cumsum(values[order])])
        return np.asarray(sums[last] - sums[first] - np.where(own, values[view.rows], 0.0), dtype=np.float64)

    return total(np.ones(book.size)), total(late), total((late > 0).astype(np.float64))
