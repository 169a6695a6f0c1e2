"""Counting for the dashboard beside the sending: a long count must not hold a message up."""

from __future__ import annotations

import threading

import click


class CountBeside:
    """One count at a time in a thread of its own, with connections of its own."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def tick(self) -> None:
        """Start a count where none runs; whether it is time for one, the count itself decides."""
        if self._thread is None or not self._thread.is_alive():
            # A daemon: what is not counted when the worker ends is counted by the next one.
            self._thread = threading.Thread(target=_count, name="count", daemon=True)
            self._thread.start()

    def finish(self) -> None:
        """Wait for the count that runs."""
        if self._thread is not None:
            self._thread.join()


def _count() -> None:
    from django.db import connections

    from duecourse.actions.count_figures import count_figures
    from duecourse.interfaces.cli.fault import explain_fault
    from duecourse.records import arrow
    from duecourse.site.clock import now

    try:
        count_figures(now=now())
    except Exception as error:
        click.echo(explain_fault(error), err=True)
    finally:
        arrow.close()
        connections.close_all()
