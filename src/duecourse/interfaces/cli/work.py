"""`duecourse work`: send what is due, ask after payments, put right what a dead worker left."""

from __future__ import annotations

import time
from collections import Counter

import click

from duecourse.interfaces.cli.start import with_database

IDLE_SECONDS = 5.0
"""Longest wait between two looks; a new outbox row wakes the worker at once."""
DOWN_SECONDS = 30.0
"""Wait after the mail server could not be reached."""


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option(
    "--batch", default=100, show_default=True, type=click.IntRange(1, 500), help="Messages looked at together."
)
@with_database
def work(once: bool, batch: int) -> None:
    """Send what is due. In the sandbox (the default) nothing leaves this machine."""
    from django.conf import settings

    from duecourse.actions.worker import Worker
    from duecourse.interfaces.cli.count_beside import CountBeside
    from duecourse.site.home import home

    counting = CountBeside()
    with Worker(home() / "flight") as worker:
        total: Counter[str] = Counter()
        while True:
            counting.tick()
            down = _drain(worker, settings, batch, total)
            if once:
                counting.finish()
                break
            _wait(DOWN_SECONDS if down else IDLE_SECONDS)
    click.echo(", ".join(f"{n:,} {name}" for name, n in sorted(total.items()) if n) or "Nothing is due.")
    if down:
        click.echo(f"Some wait: {down}. They will be tried again.", err=True)
        raise SystemExit(1)


def _drain(worker, settings, batch: int, total: Counter[str]) -> str:  # type: ignore[no-untyped-def]
    """Send until nothing is due; returns why it stopped early, or nothing."""
    from duecourse.actions.ask_gateway import ask_pending
    from duecourse.actions.recover import recover
    from duecourse.actions.send import Sender, send_batch
    from duecourse.core.law.rulebook import Rulebook
    from duecourse.site.clock import now
    from duecourse.site.sending import NotReady, transport

    total.update({f"recovered as {k}": v for k, v in recover(worker.folder, now=now(), alive=worker.id).items()})
    ask_pending(now=now())
    try:
        with transport() as channel:
            sender = Sender(
                worker=worker, transport=channel, base_url=settings.BASE_URL, mail_from=settings.MAIL_FROM, clock=now,
                rules=Rulebook.load, batch=batch,
            )  # fmt: skip
            while True:
                result = send_batch(sender)
                total.update(result.counts)
                if result.server_down or not result.claimed:
                    return result.server_down
    except NotReady as error:
        return str(error)


def _wait(seconds: float) -> None:
    """Until a new outbox row wakes us, or the time is up."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("LISTEN outbox")
    started = time.monotonic()
    for _ in connection.connection.notifies(timeout=seconds, stop_after=1):
        break
    # Rows that come in a bunch are one batch: a short pause lets them gather.
    time.sleep(min(0.05, max(0.0, seconds - (time.monotonic() - started))))
