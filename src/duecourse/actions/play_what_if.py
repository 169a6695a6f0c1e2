"""Questions to the simulator: asked on a page, played one after the other in a process of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from duecourse.core.decide.playbook import Playbook, read
from duecourse.core.law.gate import Rulebook
from duecourse.core.simulate.tried import tried
from duecourse.records.locking import alone
from duecourse.records.trials.models import WhatIf

LOCK = 7_302_006
"""Advisory lock: one player at a time. Whoever holds it may take up what a dead one had begun."""
SAY_EVERY = 20
"""Simulated days between two notes of progress."""


def ask(
    playbooks: list[Playbook], *, customers: int, days: int, seed: int, seeds: int, by: str, now: datetime
) -> WhatIf:
    """Put a question; the worker plays it within seconds."""
    return WhatIf.objects.create(
        playbooks=[{"label": book.label, "text": book.text} for book in playbooks], customers=customers, days=days,
        seed=seed, seeds=seeds, total=len(playbooks) * seeds * days, asked_by=by, asked_at=now, changed_at=now,
    )  # fmt: skip


def waiting() -> bool:
    """True where a question is to be played."""
    return WhatIf.objects.filter(state__in=["due", "playing"]).exists()


def play_asked(*, start: date, clock: Callable[[], datetime]) -> int:
    """Play every question that waits, oldest first; returns how many. Nothing where another process plays."""
    played = 0
    with alone(LOCK) as mine:
        while mine and (row := WhatIf.objects.filter(state__in=["due", "playing"]).order_by("id").first()) is not None:
            _play(row, start, clock)
            played += 1
    return played


def _play(row: WhatIf, start: date, clock: Callable[[], datetime]) -> None:
    mine = WhatIf.objects.filter(id=row.id)
    mine.update(state="playing", done=0, changed_at=clock())
    lived = said = 0

    def note(days: int) -> None:
        nonlocal lived, said
        lived += days
        if lived - said >= SAY_EVERY:
            said = lived
            mine.update(done=lived, changed_at=clock())

    try:
        result = tried(
            [read(book["text"]) for book in row.playbooks], customers=row.customers, days=row.days,
            seeds=range(row.seed, row.seed + row.seeds), start=start, rules=Rulebook.load(as_of=start), progress=note,
        )  # fmt: skip
    except Exception as error:
        # What went wrong is in the log of whoever plays; the page says that it did.
        mine.update(state="failed", why=type(error).__name__, changed_at=clock())
        raise
    mine.update(state="done", done=row.total, result=result.plain(), changed_at=clock())
