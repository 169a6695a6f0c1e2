"""`duecourse work`: send what is due, ask after payments, put right what a dead worker left, decide the day."""

from __future__ import annotations

import time
from collections import Counter
from datetime import time as time_of_day
from threading import Event

import click

from duecourse.interfaces.cli.start import with_database
from duecourse.site.supervise import on_signals

IDLE_SECONDS = 5.0
"""Longest wait between two looks; a new outbox row wakes the worker at once."""
DOWN_SECONDS = 30.0
"""Wait after the mail server could not be reached."""


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option("--day-at", metavar="HH:MM", help="Also decide the day, once a day, from this hour on (London time).")
@click.option(
    "--batch", default=200, show_default=True, type=click.IntRange(1, 500), help="Messages looked at together."
)
@with_database
def work(once: bool, day_at: str | None, batch: int) -> None:
    """Send what is due. In the sandbox (the default) nothing leaves this machine."""
    from duecourse.actions.worker import Worker
    from duecourse.interfaces.cli.count_beside import CountBeside
    from duecourse.interfaces.cli.mail_beside import MailBeside
    from duecourse.site.home import home
    from duecourse.site.play_beside import PlayBeside

    opens = _hour(day_at) if day_at else None
    stop = Event()
    on_signals(stop)
    counting, mailing, playing = CountBeside(), MailBeside(), PlayBeside()
    total: Counter[str] = Counter()
    with Worker(home() / "flight") as worker:
        while True:
            counting.tick()
            mailing.tick()
            if not once:
                playing.tick()
            if opens is not None:
                _decide_day(opens)
            down = _drain(worker, batch, total, stop)
            if once or stop.is_set():
                counting.finish()
                playing.finish()
                break
            _wait(DOWN_SECONDS if down else IDLE_SECONDS, stop)
    click.echo(", ".join(f"{n:,} {name}" for name, n in sorted(total.items()) if n) or "Nothing is due.")
    if down:
        click.echo(f"Some wait: {down}. They will be tried again.", err=True)
        raise SystemExit(1)


def _hour(text: str) -> time_of_day:
    try:
        return time_of_day.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--day-at {text} is not an hour like 07:00.") from None


def _decide_day(opens: time_of_day) -> None:
    """Decide today where its hour has come and no run of today is done; a missed hour is caught up."""
    from duecourse.interfaces.cli.day import ZONE, decide_day
    from duecourse.records.journal.models import Run
    from duecourse.site.clock import now
    from duecourse.site.trouble import Trouble

    here = now().astimezone(ZONE)
    if here.time() < opens or Run.objects.filter(as_of=here.date(), state="done").exists():
        return
    try:
        result, today = decide_day()
        click.echo(f"{today}: run {result.run_id}, {result.customers:,} customers decided.")
    except Trouble as trouble:
        click.echo(str(trouble), err=True)


def _drain(worker, batch: int, total: Counter[str], stop: Event) -> str:  # type: ignore[no-untyped-def]
    """Send until nothing is due or we are asked to stop; returns why some must wait, or nothing."""
    from django.conf import settings

    from duecourse.actions.ask_gateway import ask_pending
    from duecourse.actions.recover import recover
    from duecourse.actions.send import Sender, send_batch
    from duecourse.actions.text_providers import text_providers
    from duecourse.core.law.rulebook import Rulebook
    from duecourse.site.clock import now
    from duecourse.site.sending import NotReady, transport

    total.update({f"recovered as {k}": v for k, v in recover(worker.folder, now=now(), alive=worker.id).items()})
    ask_pending(now=now())
    try:
        with transport() as channel:
            sender = Sender(
                worker=worker, transport=channel, base_url=settings.BASE_URL, mail_from=settings.MAIL_FROM, clock=now,
                rules=Rulebook.load, batch=batch, texts_by=next(iter(text_providers()), ""), stopping=stop.is_set,
            )  # fmt: skip
            while True:
                result = send_batch(sender)
                total.update(result.counts)
                if not result.claimed or stop.is_set():
                    return result.server_down
    except NotReady as error:
        return str(error)


def _wait(seconds: float, stop: Event) -> None:
    """Until a new outbox row wakes us, somebody asks us to stop, or the time is up."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("LISTEN outbox")
    until = time.monotonic() + seconds
    while not stop.is_set() and (left := until - time.monotonic()) > 0:
        if any(True for _ in connection.connection.notifies(timeout=min(left, 0.5), stop_after=1)):
            # Rows that come in a bunch are one batch: a short pause lets them gather.
            stop.wait(0.05)
            return
