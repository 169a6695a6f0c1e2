"""Stages timed, memory watched, and the result in the form that stays stable."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Measured:
    """One bench: seconds a stage, rows a kind, the reference's seconds, and extra figures of its own."""

    bench: str
    customers: int
    seed: int
    stages: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    reference: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    more: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a block; the same name adds up."""
        started = time.perf_counter()
        yield
        self.stages[name] += time.perf_counter() - started

    def result(self) -> dict[str, Any]:
        """The stable JSON object."""
        reference = sum(self.reference.values())
        return {
            "bench": self.bench,
            "customers": self.customers,
            "seed": self.seed,
            "stages": {k: round(v, 3) for k, v in self.stages.items()},
            "rows": dict(self.rows),
            "rss_peak_mib": peak_mib(),
            "reference": {k: round(v, 3) for k, v in self.reference.items()},
            "ratio_to_reference": round(sum(self.stages.values()) / reference, 3) if reference else None,
            "git": _commit(),
            **self.more,
        }

    def keep(self, folder: Path) -> Path:
        """Write the result as evidence; returns the file."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"bench-{self.bench}-{self.customers}.json"
        path.write_text(json.dumps(self.result(), indent=1) + "\n")
        return path


def peak_mib() -> int:
    """Peak resident memory of this process so far, from /proc (elsewhere 0)."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    except OSError:
        pass
    return 0


def forget_peak() -> None:
    """Start counting the peak anew, so that loading a book is not counted as deciding it."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=os.getcwd(), capture_output=True, text=True, check=False
    )
    return done.stdout.strip()
