"""Files stay short: a ratchet that may be tightened and never loosened."""

from __future__ import annotations

from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
LONGEST = 400
MEDIAN = 80


def _lengths(folder: Path) -> dict[str, int]:
    """Lines of each file written by hand; Django writes migrations."""
    files = (file for file in folder.rglob("*.py") if file.name != "__init__.py" and file.parent.name != "migrations")
    return {str(file.relative_to(folder)): len(file.read_text("utf-8").splitlines()) for file in files}


def test_no_file_is_long() -> None:
    lengths = {**_lengths(ROOT / "src"), **_lengths(ROOT / "tests")}
    assert len(lengths) > 50
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_most_files_are_short() -> None:
    assert median(_lengths(ROOT / "src").values()) < MEDIAN


def test_a_long_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x = 1\n" * 401)
    assert _lengths(tmp_path) == {"long.py": 401}
