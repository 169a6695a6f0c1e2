"""`duecourse replay RUN-ID`: decide again, compare to the bit."""

from __future__ import annotations

import json

import click

from duecourse.interfaces.cli.start import with_database
from duecourse.site.trouble import Trouble


@click.command()
@click.argument("run_id", type=int)
@click.option("--json", "as_json", is_flag=True)
@with_database
def replay(run_id: int, as_json: bool) -> None:
    """Decide a run again from its recorded facts. It must match to the bit."""
    from duecourse.actions import replay as action
    from duecourse.site.home import home

    try:
        result = action.replay(run_id, folder=home() / "runs")
    except action.CannotReplay as error:
        raise Trouble(str(error), "Check the number: `duecourse day` prints it.") from None
    same = not result.differ
    if as_json:
        click.echo(
            json.dumps(
                {
                    "run_id": run_id,
                    "parts": result.parts,
                    "customers": result.customers,
                    "same": same,
                    "differ": result.differ,
                }
            )
        )
    elif same:
        click.echo(f"Run {run_id}: {result.customers:,} decisions in {result.parts} parts, all the same to the bit.")
    else:
        click.echo(
            f"Run {run_id}: {len(result.differ)} of {result.parts} parts differ, the first from shard {result.differ[0]}."
        )
    if not same:
        raise SystemExit(1)
