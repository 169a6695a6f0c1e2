"""`duecourse simulate PLAYBOOK...`: try strategies on simulated customers before they touch anybody."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duecourse.interfaces.cli.progress import progress
from duecourse.interfaces.cli.start import with_database
from duecourse.site.trouble import Trouble

if TYPE_CHECKING:
    from duecourse.core.decide.playbook import Playbook
    from duecourse.core.simulate.compare import Difference

START = "2026-01-05"
"""A Monday. The day from which a simulated year runs where none is named, so that the same seed gives the same hash."""

NICE = 10
"""What was asked on a page is played behind everything else."""


@click.command()
@click.argument("playbooks", nargs=-1, metavar="PLAYBOOK...")
@click.option("--customers", default=2000, show_default=True, type=click.IntRange(1, 200_000))
@click.option("--days", default=365, show_default=True, type=click.IntRange(1, 3650))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**32 - 1), help="The first seed.")
@click.option("--seeds", default=1, show_default=True, type=click.IntRange(1, 100), help="How many worlds.")
@click.option("--start", default=START, show_default=True, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of words.")
@click.option("--asked", is_flag=True, help="Play what was asked on the page of strategies instead.")
def simulate(
    playbooks: tuple[str, ...],
    customers: int,
    days: int,
    seed: int,
    seeds: int,
    start: datetime,
    as_json: bool,
    asked: bool,
) -> None:
    """Play strategies against simulated customers: a name that comes with the product (polite, polite@1, plain) or a
    file of your own. The first is what the others are compared with; all meet the same customers. Nothing is sent."""
    from duecourse.core.law.rulebook import Rulebook
    from duecourse.core.simulate.tried import tried

    if asked:
        _play_asked(start)
        return
    if not playbooks:
        raise click.UsageError("Name a playbook, such as: duecourse simulate plain polite")
    books = [_playbook(name) for name in playbooks]
    with progress("Living", len(books) * seeds * days) as bar:
        result = tried(
            books, customers=customers, days=days, seeds=range(seed, seed + seeds), start=start.date(),
            rules=Rulebook.load(as_of=start.date()), progress=bar,
        )  # fmt: skip
    if as_json:
        click.echo(json.dumps(result.plain()))
        return
    click.echo(
        f"{customers:,} simulated customers, {days} days, {seeds} world{'s' if seeds > 1 else ''} from seed {seed}."
    )
    for one in result.lived:
        click.echo(f"  {one.label:<16} event log {one.hash[:16]}")
        for rule, n in one.refusals:
            click.echo(f"    {n:>9,}  stopped by {rule}")
    for label, differences in result.against_first:
        click.echo(f"{label} against {result.lived[0].label}:")
        for difference in differences:
            click.echo(f"  {_line(difference)}")
    if not result.against_first:
        for key, number in result.lived[0].values:
            click.echo(f"  {key:<34} {'no data' if number is None else f'{number:,.2f}'}")


@with_database
def _play_asked(start: datetime) -> None:
    from duecourse.actions.play_what_if import play_asked
    from duecourse.site.clock import now

    os.nice(NICE)
    played = play_asked(start=start.date(), clock=now)
    click.echo(f"{played} played." if played else "Nothing was asked.", err=True)


def _line(d: Difference) -> str:
    name = f"{d.measure.name}, {d.measure.unit}"
    if d.mean is None:
        return f"{name:<58} cannot tell"
    return (
        f"{name:<58} {d.now:>9.2f} {d.new:>9.2f}  {d.mean:+.3f} ({d.low:+.3f} to {d.high:+.3f})"
        f"  {d.says.replace('_', ' ')}"
    )


def _playbook(name: str) -> Playbook:
    """From a file where there is one of that name, else one that comes with the product. Raises Trouble."""
    from duecourse.core.decide.playbook import BadPlaybook, packaged, read

    file = Path(name)
    try:
        return read(file.read_text(encoding="utf-8")) if file.is_file() else packaged(name)
    except UnicodeDecodeError:
        raise Trouble(f"{name} is not text in UTF-8.", "Save it as UTF-8, then run the command again.") from None
    except BadPlaybook as error:
        raise Trouble(
            f"The playbook {name} cannot be used: {error}.", "Mend that, then run the command again."
        ) from None
