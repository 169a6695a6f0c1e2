"""Books for tests: seeded payers with habits, and small ones drawn by hypothesis."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
from hypothesis import strategies as st

FIRST = date(2025, 1, 1)


def habits(
    customers: int = 40, invoices: int = 40, *, seed: int = 0, noise: float = 2.0, weekly: bool = False
) -> pl.DataFrame:
    """Each customer pays around its own day; `weekly`: only in Thursday's run, which no median can know."""
    rng = np.random.default_rng(seed)
    rows = []
    for customer in range(customers):
        usual = int(rng.integers(-5, 25))
        for _ in range(invoices):
            due = FIRST + timedelta(days=int(rng.integers(0, 500)))
            paid = due + timedelta(days=usual + round(float(rng.normal(0, noise))))
            if weekly:
                paid += timedelta(days=(3 - paid.weekday()) % 7)
            rows.append((f"c{customer}", int(rng.integers(100, 1_000_000)), due - timedelta(days=30), due, paid))
    return pl.DataFrame(rows, schema=["customer", "amount", "issued", "due", "settled"], orient="row")


days = st.integers(0, 200).map(lambda n: FIRST + timedelta(days=n))
invoice = st.fixed_dictionaries(
    {
        "customer": st.sampled_from("abc"),
        "currency": st.sampled_from(["GBP", "JPY", ""]),
        "terms": st.sampled_from(["", "30"]),
        "amount": st.integers(-(10**7), 10**7),
        "issued": st.none() | days,
        "due": days,
        "settled": st.none() | days,
        "disputed": st.none() | days,
    }
)
invoices = st.lists(invoice, min_size=1, max_size=25)


def frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    from duecourse.core.predict.invoices import SCHEMA

    return pl.DataFrame(rows, schema=dict(SCHEMA))
