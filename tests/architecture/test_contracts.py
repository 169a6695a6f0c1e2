"""Each arrow holds, and the contract of each notices when it is broken on purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = "Rooms: bench"
TOP = "Nothing imports the command line"
CORE = "Core: simulate"
PURE = "Core knows no Django"
CONNECTORS = "Connectors turn bytes"

# where, what is imported there, the contract that must break
BREACHES = [
    ("interfaces/desk", "duecourse.site.clock", ROOMS),
    ("site", "duecourse.bench", ROOMS),
    ("utils", "duecourse.core", ROOMS),  # a room that nobody named
    ("core/utils", "duecourse.core.facts", CORE),
    ("actions", "duecourse.interfaces.desk", ROOMS),
    ("actions", "duecourse.site.home", ROOMS),
    ("records", "duecourse.actions", ROOMS),
    ("records", "duecourse.connectors", ROOMS),
    ("connectors", "duecourse.records", ROOMS),
    ("connectors", "duecourse.actions", ROOMS),
    ("core/facts", "duecourse.records", ROOMS),
    ("core/law", "duecourse.connectors", ROOMS),
    ("site", "duecourse.interfaces.cli.start", TOP),
    ("interfaces/portal", "duecourse.interfaces.cli.start", TOP),
    ("core/facts", "duecourse.core.money", CORE),
    ("core/facts", "duecourse.core.decide", CORE),
    ("core/law", "duecourse.core.decide", CORE),
    ("core/law", "duecourse.core.language", CORE),
    ("core/money", "duecourse.core.measure", CORE),
    ("core/predict", "duecourse.core.law", CORE),
    ("core/decide", "duecourse.core.simulate", CORE),
    ("core/law", "django.db", PURE),
    ("core/decide", "psycopg", PURE),
    ("connectors", "django.conf", CONNECTORS),
    ("connectors/gateways", "psycopg", CONNECTORS),
]


def _lint(source: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", ROOT / ".importlinter"]
    environment = {**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"}
    return subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package to break."""
    source = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        ROOT / "src" / "duecourse",
        source / "duecourse",
        ignore=shutil.ignore_patterns("__pycache__", "static", "templates", "*.toml"),
    )
    return source


def test_the_arrows_hold(copy: Path) -> None:
    result = _lint(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("room", "target", "contract"), BREACHES, ids=[f"{b[0]} to {b[1]}" for b in BREACHES])
def test_a_breach_is_noticed(copy: Path, room: str, target: str, contract: str) -> None:
    place = copy / "duecourse" / room
    new = not place.exists()
    place.mkdir(exist_ok=True)
    (place / "breach.py").write_text(f"import {target}\n")
    if new:
        (place / "__init__.py").write_text("")
    try:
        result = _lint(copy)
    finally:
        shutil.rmtree(place) if new else (place / "breach.py").unlink()
    assert result.returncode == 1, result.stdout
    broken = [line for line in result.stdout.splitlines() if " BROKEN" in line]
    assert any(line.startswith(contract) for line in broken), result.stdout
