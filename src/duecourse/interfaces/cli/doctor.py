"""`duecourse doctor`: what is missing on this machine, and the mend."""

from __future__ import annotations

import dataclasses
import json

import click

SIGN = {"ok": "ok   ", "hint": "note ", "fault": "FAULT"}


@click.command()
@click.option("--port", default=8000, show_default=True, help="The port that `duecourse up` is to use.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def doctor(port: int, as_json: bool) -> None:
    """Say what is missing on this machine, and the mend. Exit code 1 where something is."""
    from duecourse.site.checks import checks

    found = list(checks(port))
    ok = all(check.state != "fault" for check in found)
    if as_json:
        click.echo(json.dumps({"ok": ok, "checks": [dataclasses.asdict(check) for check in found]}))
    else:
        for check in found:
            click.echo(f"{SIGN[check.state]}  {check.name.replace('_', ' ')}: {check.found}")
            if check.mend:
                click.echo(f"       {check.mend}")
    if not ok:
        raise SystemExit(1)
