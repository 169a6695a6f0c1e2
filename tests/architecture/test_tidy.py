"""Core is pure, and the check that says so finds what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.tidy import faults

CORE = Path(__file__).parents[2] / "src" / "duecourse" / "core"

BAD = [
    ("from datetime import datetime\nx = datetime.now()", "reads the clock: now"),
    ("import datetime as d\nx = d.datetime.utcnow()", "reads the clock: utcnow"),
    ("from datetime import date\nx = date.today()", "reads the clock: today"),
    ("import time", "imports time"),
    ("from time import monotonic", "imports time"),
    ("import os.path", "imports os.path"),
    ("from pathlib import Path", "imports pathlib"),
    ("import requests", "imports requests"),
    ("import socket", "imports socket"),
    ("import logging", "imports logging"),
    ("from django.db import models", "imports django.db"),
    ("from urllib.request import urlopen", "imports urllib.request"),
    ("def f():\n    import os", "imports os"),
    ("x = open('rates.toml')", "talks to the world: open"),
    ("print(1)", "talks to the world: print"),
    ("def f(p):\n    return p.read_text()", "reads or writes a file: read_text"),
    ("x = Path('rates.toml').open()", "reads or writes a file: open"),
    ("import polars as pl\nx = pl.read_parquet('x')", "reads or writes a file: read_parquet"),
    ("import polars as pl\nx = pl.scan_csv('x')", "reads or writes a file: scan_csv"),
    ("def f(frame):\n    frame.write_parquet('x')", "writes a file: write_parquet"),
    ("import random\nx = random.random()", "draws from the shared generator: random"),
    ("import random\nx = random.Random()", "draws without a seed: Random"),
    ("from random import choice", "imports from random: write random.Random(seed)"),
    ("import numpy as np\nx = np.random.default_rng()", "draws without a seed: default_rng"),
    ("import numpy as np\nx = np.random.normal(0, 1)", "draws from the shared generator: normal"),
    ("def f(frame):\n    return frame.sample(3)", "draws without a seed: sample"),
    ("import uuid\nx = uuid.uuid4()", "draws an id: uuid4"),
]
GOOD = [
    "from datetime import datetime\ndef f(now: datetime) -> int:\n    return now.year",
    "from datetime import time\nnoon = time(12)",
    "from importlib.resources import files\nx = files('duecourse.core.law').joinpath('us.toml').read_text()",
    "import random\nx = random.Random(7).random()",
    "import numpy as np\ndef f(seed):\n    return np.random.default_rng(seed).normal(0, 1)",
    "def f(frame, seed):\n    return frame.sample(3, seed=seed)",
    "def f(frame):\n    return frame.filter('today')",
    "def f(rules):\n    return Docket.open(rules)",
    "def f(frame):\n    return frame.write_ipc(None).getvalue()",
    "def f(frame):\n    return frame.write_ndjson()",
]


@pytest.mark.parametrize(("source", "what"), BAD)
def test_a_bad_sample_is_found(source: str, what: str) -> None:
    assert [fault.partition(": ")[2] for fault in faults(source)] == [what]


@pytest.mark.parametrize("source", GOOD)
def test_a_good_sample_passes(source: str) -> None:
    assert faults(source) == []


def test_core_is_pure() -> None:
    modules = sorted(CORE.rglob("*.py"))
    assert len(modules) > 20  # an empty walk proves nothing
    found = [f"{module.relative_to(CORE)}:{fault}" for module in modules for fault in faults(module.read_text("utf-8"))]
    assert found == []
