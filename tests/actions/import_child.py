"""An import that dies at a named place, in a process forked from a server that has everything loaded already."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import django

django.setup()

import duecourse.records.failpoint as failpoint  # noqa: E402
from duecourse.actions.import_file import commit  # noqa: E402


def run(import_id: int, creditor: int, home: str, now: str, name: str, count: int) -> None:
    """Commit with batches of 20 rows; SIGKILL at the `count`-th pass of the failpoint."""
    failpoint._NAME, failpoint._left = name, count
    commit(import_id, creditor=creditor, home=Path(home), now=datetime.fromisoformat(now), batch=20)
