"""Bombs and strange files are refused within a second and 256 MiB; ordinary files pass; messages say the mend."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from duecourse.connectors.importers.guard import Caps, admit
from duecourse.connectors.importers.invoices import sniff
from duecourse.connectors.importers.problems import Unreadable
from duecourse.connectors.importers.source import Source
from tests.connectors.importers import bombs

SECONDS, MEBIBYTES = 1.0, 256

# In a process of its own, whose high-water mark is read after each file.
REFUSE = """
import json, pathlib, sys, time
from duecourse.connectors.importers.source import Source
from duecourse.connectors.importers.problems import Unreadable
from duecourse.connectors.importers.invoices import sniff
for path in sys.argv[1:]:
    start = time.process_time()
    try:
        sniff(Source.of(path))
        said = None
    except Unreadable as refusal:
        said = str(refusal)
    status = pathlib.Path("/proc/self/status").read_text()
    peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024
    print(json.dumps([path, said, time.process_time() - start, peak]))
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("bombs")
    paths = []
    for name, content in bombs.corpus():
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    return paths + list(bombs.large_files(folder))


def test_every_bomb_is_refused_in_time_and_memory(corpus: list[Path]) -> None:
    assert len(corpus) >= 50
    process = subprocess.run(
        [sys.executable, "-c", REFUSE, *map(str, corpus)], capture_output=True, text=True, check=True
    )
    outcomes = [json.loads(line) for line in process.stdout.splitlines()]
    assert len(outcomes) == len(corpus)
    assert [Path(p).name for p, said, _, _ in outcomes if said is None] == [], "let in"
    assert [(Path(p).name, s) for p, _, s, _ in outcomes if s > SECONDS] == [], "too slow"
    assert max(peak for *_, peak in outcomes) <= MEBIBYTES, [(Path(p).name, m) for p, _, _, m in outcomes]
    for path, said, _, _ in outcomes:
        assert said.count(".") >= 2, f"{Path(path).name} names no mend: {said}"


def test_without_the_guard_a_bomb_would_burst(corpus: list[Path]) -> None:
    """The canary: the reader alone lays out the far cell's box, or takes the bomb for an ordinary workbook."""
    code = (
        "import resource, sys, python_calamine\n"
        "resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
        "python_calamine.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python(skip_empty_area=False)\n"
    )
    bomb = next(path for path in corpus if path.name == "far_cell.xlsx")
    process = subprocess.run([sys.executable, "-c", code, str(bomb)], capture_output=True, text=True)
    assert process.returncode != 0


def test_ordinary_files_pass() -> None:
    assert admit(Source.of(bombs.GOOD)) == "xlsx"
    assert admit(Source.of(bombs.TABLE)) == "text"
    assert sniff(Source.of(bombs.GOOD)).headers == ("Customer", "Invoice", "Date", "Due date", "Amount")
    assert admit(Source.of("Währung;Betrag\n".encode("utf-16"))) == "text"
    assert admit(Source.of(b"{}\r\nCo./Last Name\tDate\r\n")) == "text"


def test_size_is_refused_without_a_read(tmp_path: Path) -> None:
    class Unopened(Source):
        def open(self):  # type: ignore[no-untyped-def]
            raise AssertionError("read")

    with pytest.raises(Unreadable, match=r"2,000\.0 MB; the limit is 25 MB"):
        admit(Unopened(name="big.csv", size=2_000_000_000, path=tmp_path / "big.csv"))


def test_the_cap_for_text_may_be_raised_but_not_for_workbooks(tmp_path: Path) -> None:
    text = bombs.TABLE + b"Ann,2,2026-01-05,2026-02-04,10.00\r\n" * 800_000
    with pytest.raises(Unreadable, match="limit is 25 MB"):
        admit(Source.of(text))
    assert admit(Source.of(text), Caps(text_in=100_000_000)) == "text"
    book = tmp_path / "big.xlsx"
    book.write_bytes(b"PK\x03\x04")
    with book.open("r+b") as handle:
        handle.truncate(30_000_000)
    with pytest.raises(Unreadable, match="limit is 25 MB"):
        admit(Source.of(book), Caps(text_in=100_000_000))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty.csv", "empty"),
        ("cut_off.xlsx", "cut off or damaged"),
        ("cut_off_letter.csv", "cut off in the middle of a letter"),
        ("mixed_encodings.csv", "line 23"),
        ("header_only.csv", "no rows"),
        ("no_header.csv", "No line names the columns"),
        ("one_column.csv", "Only one column"),
        ("old.xls", "xls"),
        ("deep.json", "JSON"),
        ("table.csv.gz", "gzip"),
        ("lying_size.xlsx", "more than 32,767 characters"),
        ("far_cell.xlsx", "spans"),
        ("laughing_entities.xlsx", "entities"),
        ("workbook_in_workbook.xlsx", "inside"),
    ],
)
def test_the_message_fits(corpus: list[Path], name: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        sniff(Source.of(next(path for path in corpus if path.name == name)))
