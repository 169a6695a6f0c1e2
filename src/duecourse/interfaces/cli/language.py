"""`duecourse language`: texts on their way out (check), and what comes in (classify; see listening.py)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import IO

import click

from duecourse.interfaces.cli.listening import classify, evaluate, fit
from duecourse.interfaces.cli.texts import texts


@click.group()
def language() -> None:
    """Check texts before they leave; hear what comes in. Nothing leaves this machine."""


for command in (classify, evaluate, fit):
    language.add_command(command)


@language.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a text.")
def check(file: IO[str], as_json: bool) -> None:
    """Is every text of FILE (JSON lines; - reads standard input) plain, kind, true and whole? Exit code 1 where one is
    not."""
    from duecourse.core.language.plain import Checked
    from duecourse.core.language.plain import check as look_at

    failed = False
    for text in texts(file, channels=("email", "sms", "letter", "call_script")):
        checked: Checked = look_at(text.words, channel=text.channel, demand=text.demand)
        failed |= not checked.ok
        if as_json:
            click.echo(json.dumps({"id": text.id, **asdict(checked)}, ensure_ascii=False))
            continue
        click.echo(f"{'ok  ' if checked.ok else 'MEND'}  {text.id}  school grade {checked.grade}")
        for fault in checked.faults:
            said = f"“{fault.quote}”: " if fault.quote else ""
            click.echo(f"      {fault.kind.value}: {said}{fault.why}\n      Better: {fault.suggestion}")
    if failed:
        raise click.exceptions.Exit(1)
