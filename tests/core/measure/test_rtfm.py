"""The public log of traffic fines, replayed: the counts that its authors' process shows, and what we would have refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from duecourse.bench.rtfm import figures, read

FILE = Path(__file__).parents[4] / "shared" / "data" / "rtfm" / "rtfm_events.csv.gz"


@pytest.mark.skipif(not FILE.exists(), reason="the log of traffic fines is not on this machine")
def test_the_process_as_it_was():
    found = figures(read(FILE))
    assert found["cases"] == 150_370
    assert found["sent_to_collection"] == 59_013
    assert found["penalty_after_a_payment"] == 4_112
    assert found["fully_paid_yet_sent"] == 3
    assert found["partly_paid_never_sent"] == 7_303
