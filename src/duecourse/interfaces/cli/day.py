"""`duecourse day`: decide for every customer, and plan what is to go out."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from duecourse.interfaces.cli.progress import progress
from duecourse.interfaces.cli.start import with_database
from duecourse.site.trouble import Trouble

if TYPE_CHECKING:
    from duecourse.actions.day import Day
    from duecourse.core.decide.playbook import Playbook

ZONE = ZoneInfo("Europe/London")
"""Whose date a day has where no date is named; what is late is counted in each creditor's own zone."""
DECIDES_AT = time(8, 0)
"""The hour at which another day than today is decided."""


@click.command()
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Decide this day instead of today.")
@click.option("--dry-run", is_flag=True, help="Say what would be decided; keep and plan nothing.")
@click.option("--playbook", "file", type=click.File(encoding="utf-8"), help="A playbook of your own (TOML).")
@click.option("--engine", type=click.Choice(["local"]), default="local", help="Where the work is done.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of words.")
@with_database
def day(as_of: datetime | None, dry_run: bool, file: click.utils.LazyFile | None, engine: str, as_json: bool) -> None:
    """Decide for every customer what happens today, "nothing" included, each with its reason."""
    from duecourse.core.decide import playbook as playbooks
    from duecourse.core.decide.explain import headline

    try:
        playbook = playbooks.read(file.read()) if file else None
    except playbooks.BadPlaybook as error:
        raise Trouble(f"The playbook cannot be used: {error}.", "Mend that line, then run the command again.") from None
    result, today = decide_day(as_of.date() if as_of else None, dry_run=dry_run, playbook=playbook)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "run_id": result.run_id or None,
                    "as_of": today.isoformat(),
                    "decided_at": result.decided_at.isoformat(),
                    "customers": result.customers,
                    "verdicts": result.verdicts,
                    "reasons": result.whys,
                    "failed": result.failed,
                }
            )
        )
    else:
        run = f"Run {result.run_id}. " if result.run_id else "Nothing was kept (dry run). "
        v = result.verdicts
        click.echo(
            f"{run}{result.customers:,} customers decided for {today}: {v['contact']:,} to be written to,"
            f" {v['task']:,} for a person, {v['wait'] + v['nothing']:,} left alone."
        )
        for why, n in result.whys.most_common():
            click.echo(f"  {n:>9,}  {headline(why)}")
        if result.failed:
            click.echo(
                f"Not decided: shards {', '.join(result.failed)}. The same command takes them up again.", err=True
            )
    if result.failed:
        raise SystemExit(1)


def decide_day(
    as_of: date | None = None, *, dry_run: bool = False, playbook: Playbook | None = None
) -> tuple[Day, date]:
    """Decide a day (today where none is named) with progress; returns what it came to. Raises Trouble."""
    from duecourse.actions.day import AlreadyRunning, run_day
    from duecourse.core.decide.playbook import packaged
    from duecourse.core.law.rulebook import Rulebook
    from duecourse.interfaces.cli.foresee_first import foresee_first
    from duecourse.site.home import home
    from duecourse.site.version import version

    at, today = _when(as_of)
    plan = playbook or packaged()
    if not dry_run:
        foresee_first(at, today, plan)
    with progress("Deciding", _customers()) as bar:
        reached = 0

        def step(done: int, total: int) -> None:
            nonlocal reached
            bar(done - reached)
            reached = done

        try:
            result = run_day(
                at=at, as_of=today, playbook=plan, rules=Rulebook.load(as_of=today),
                folder=home() / "runs", code_version=version(), dry_run=dry_run, progress=step,
            )  # fmt: skip
        except AlreadyRunning:
            raise Trouble(
                "The day is being decided already, by another process.", "Wait for it to end; it may be run again then."
            ) from None
    return result, today


def _when(as_of: date | None) -> tuple[datetime, date]:
    """The instant to decide at, and its civil date in London time where no day is named."""
    from duecourse.site.clock import now

    instant = now()
    today = instant.astimezone(ZONE).date()
    if as_of is None or as_of == today:
        return instant, today
    return datetime.combine(as_of, DECIDES_AT, ZONE), as_of


def _customers() -> int:
    from duecourse.records.parties.models import Customer
    from duecourse.records.tenancy import scope

    with scope("all"):
        return Customer.objects.count()
