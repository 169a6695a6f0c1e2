"""IBM's sample from file to figures, by the two commands that a user types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from duecourse.interfaces.cli import main
from tests.conftest import Book

FILE = Path(__file__).parents[3] / "shared" / "data" / "ibm_ar" / "WA_Fn-UseC_-Accounts-Receivable.csv"


@pytest.mark.skipif(not FILE.exists(), reason="the sample lies beside the repository, in ../shared/data/ibm_ar")
def test_imported_whole_it_gives_the_known_figures(book: Book) -> None:
    taken = CliRunner().invoke(main, ["import", str(FILE), "--creditor", "IBM sample"])
    assert taken.exit_code == 0, taken.output
    said = CliRunner().invoke(main, ["kpi", "--as-of", "2013-06-30", "--creditor", "IBM sample", "--json"])
    (found,) = json.loads(said.output)["currency"].values()
    assert (found["open_count"], found["open_amount"]) == (84, 511_985)
    assert (found["overdue_count"], found["overdue_amount"]) == (12, 83_556)
    assert found["ageing"] == {"current": 428_429, "1-30": 83_556, "31-60": 0, "61-90": 0, "90+": 0}
    assert found["dso_simple_90"] == 23.15
