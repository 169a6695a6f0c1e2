"""Roll rates: every minor unit that was open thirty days ago is somewhere now."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from duecourse.core.measure.figures import named
from duecourse.core.measure.roll import GONE, rolled
from duecourse.core.measure.tally import tally
from tests.core.measure.random_book import TODAY, random_book
from tests.core.measure.recount import Recount


def _bucket(late: int) -> str:
    return next(
        name
        for name, most in (("current", 0), ("1-30", 30), ("31-60", 60), ("61-90", 90), ("90+", 10**6))
        if late <= most
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_plain_recount_finds_the_same_ways(seed: int) -> None:
    book, before = random_book(seed), TODAY - timedelta(days=30)
    for currency, items in tally(book.sheet(), TODAY).items():
        again = Recount(book, currency, TODAY)
        ways: Counter[str] = Counter()
        for i in again.invoices:
            was, now = again.balance(i["debt"], before), again.balance(i["debt"], TODAY)
            if was <= 0:
                continue
            left = min(max(now, 0), was)
            start = _bucket((before - i["due"]).days)
            ways[f"{start}.{_bucket((TODAY - i['due']).days)}"] += left
            ways[f"{start}.{GONE}"] += was - left
        found = named(dict(items), "roll")
        assert found == {k: v for k, v in ways.items() if v}
        assert sum(sum(to.values()) for to in rolled(found).values()) == sum(ways.values())
