"""`duecourse law exam FILE.jsonl` answers law cases with the production gate; `duecourse law rules` lists its rules."""

from __future__ import annotations

import importlib
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from duecourse.core.law.exam import Mark, take
from duecourse.core.law.rulebook import Rulebook, RulebookError
from duecourse.interfaces.cli.progress import progress
from duecourse.interfaces.cli.start import with_database

SHOWN = 20
"""Differences that are printed of each batch of a proof that fails."""


@click.group()
def law() -> None:
    """The contact law: run cases through the gate, or list its rules."""


@law.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a case, then the total.")
def exam(file: Path, as_json: bool) -> None:
    """Answer every case of FILE (JSON lines). House rules are off: only the law is asked. Exit code 1 where a case
    fails."""
    cases = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                cases.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise click.ClickException(
                    f"{file.name}, line {number} is not JSON ({error.msg}). Mend or remove it."
                ) from None
    try:
        marks = take(cases)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    for mark in marks:
        click.echo(json.dumps(_plain(mark)) if as_json else _line(mark))
    passed = sum(mark.passed for mark in marks)
    total = {"total": len(marks), "passed": passed, "failed": len(marks) - passed}
    click.echo(json.dumps(total) if as_json else f"{passed} of {len(marks)} pass.")
    if passed < len(marks):
        raise click.exceptions.Exit(1)


def _plain(mark: Mark) -> dict[str, object]:
    return {
        "id": mark.id,
        "verdict": mark.verdict,
        "not_before": mark.not_before.isoformat() if mark.not_before else None,
        "rules": [{"id": rule, "citation": citation} for rule, citation, _ in mark.rules],
        "pass": mark.passed,
    }


def _line(mark: Mark) -> str:
    head = f"{'pass' if mark.passed else 'FAIL'}  {mark.id}  {mark.verdict}"
    until = f" until {mark.not_before.isoformat()}" if mark.not_before else ""
    wanted = (
        "" if mark.passed else f"  (expected {mark.expected}{f' until {mark.due.isoformat()}' if mark.due else ''})"
    )
    why = f"  {mark.rules[0][0]}: {mark.rules[0][2]}" if mark.rules else ""
    return f"{head}{until}{wanted}{why}"


@law.command()
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day whose rules are shown. Today where not given."
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Show only what changed since this day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a rule.")
def rules(as_of: datetime | None, since: datetime | None, as_json: bool) -> None:
    """List the rules in force, with citation and the day from which each version holds; or what changed since a day."""
    book = Rulebook.load(as_of=as_of.date() if as_of else datetime.now(UTC).date())
    if since is None:
        told = [(text, "in force") for _, text in sorted(book.texts.items())]
    else:
        changes = book.changes(Rulebook.load(as_of=since.date()))
        told = [(change.after, "changed" if change.before else "new") for change in changes if change.after]
        told += [(change.before, "ended") for change in changes if change.before and not change.after]
    for text, state in told:
        if as_json:
            plain = {"id": text.id, "label": text.label, "citation": text.citation, "version": text.version}
            click.echo(json.dumps(plain | {"title": text.title, "source": text.source, "state": state}))
        else:
            click.echo(f"{text.id:26} {text.label:9} from {text.version}  {text.title} ({text.citation})")
    if not told:
        click.echo("No rule changed." if since else "No rule is in force on that day.", err=True)


@law.command()
@click.option("--contacts", default=1_000_000, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=11, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Only the figures, as one JSON object.")
def prove(contacts: int, seed: int, as_json: bool) -> None:
    """Propose contacts over three years to the gate and to an oracle written apart from it. Exit code 1 where they differ.

    The oracle is plain Python: one contact at a time, days counted by hand, its own calendars. A million take some ten minutes.
    """
    compare, report = (importlib.import_module(f"duecourse.bench.oracle.{name}") for name in ("compare", "report"))
    verdicts: Counter[str] = Counter()
    found = []
    with progress("Proving", contacts) as done:
        for told, differ in compare.batches(contacts, seed):
            for each in [each for each in differ if each.kind != "beyond_reach"][:SHOWN]:
                click.echo(report.told(each), err=True)  # at once: a run that is cut short has said what it found
            verdicts, found = verdicts + told, found + differ
            done(told.total())
    figures = report.total(contacts, verdicts, found)
    words = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in figures.items())
    click.echo(json.dumps(figures) if as_json else words)
    if figures["forbidden"] or figures["wrongly_forbidden"]:
        raise click.exceptions.Exit(1)


@law.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Changes after this day. A year ago where not given.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a change.")
@with_database
def changes(since: datetime | None, as_json: bool) -> None:
    """What changed in the rules, from when, and how many of your customers it affects. Changes to come are listed too."""
    from duecourse.records.reads.rule_changes import affected
    from duecourse.records.tenancy import scope

    first = since.date() if since else datetime.now(UTC).date() - timedelta(days=365)
    with scope("all"):
        found = affected(first)
    for each in found:
        change = each.change
        if as_json:
            plain = {"id": change.id, "from": change.from_on.isoformat(), "what": change.what, "ended": change.ended}
            text = {"title": change.text.title, "label": change.text.label, "citation": change.text.citation}
            click.echo(json.dumps(plain | text | {"source": change.text.source, "customers": each.customers}))
        else:
            click.echo(
                f"{change.from_on}  {change.id}  {change.text.title} ({change.text.label}, {change.text.citation})"
            )
            click.echo(f"            {' '.join(change.what)} Customers affected: {each.customers:,}.")
    if not found:
        click.echo(f"No rule changed after {first}.", err=True)


@law.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Read a rule file of your own (TOML): dates without gap or overlap, a source for each version."""
    from duecourse.core.law.changes import check as read

    try:
        count = read(file.read_text("utf-8"), name=file.name)
    except RulebookError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{file.name}: {count} rules, each dated without gap or overlap.")
