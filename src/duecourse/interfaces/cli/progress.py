"""Progress with the time left: a bar in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

PAUSE = 5.0
"""Seconds between two plain lines."""


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """`with progress("Deciding", total=256) as done: ... done(1)`. Writes to standard error: output stays clean."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:  # honours NO_COLOR
            task = bar.add_task(what, total=total)
            yield lambda steps: bar.advance(task, steps)
        return
    yield _plain(what, total)


def _plain(what: str, total: int) -> Callable[[int], None]:
    began = said = time.monotonic()
    reached = 0

    def done(steps: int) -> None:
        nonlocal reached, said
        reached += steps
        now = time.monotonic()
        if now - said >= PAUSE and 0 < reached < total:
            said = now
            click.echo(f"{what}: {reached:,} of {total:,}. {left(now - began, reached, total)} left.", err=True)

    return done


def left(seconds: float, reached: int, total: int) -> str:
    """The time left, rounded for people.

    >>> left(10.0, 25, 100), left(60.0, 1, 10)
    ('30 s', '9 min')
    """
    remaining = seconds / reached * (total - reached)
    return f"{remaining:.0f} s" if remaining < 90 else f"{remaining / 60:.0f} min"
