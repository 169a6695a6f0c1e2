"""What the import command has to know before it reads: the creditor, the mapping, and answers to questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from duecourse.connectors.importers.invoices import Conventions
    from duecourse.records.parties.models import Creditor

FIRST_CREDITOR = "My company"


def known_currency(code: str | None) -> str | None:
    """The code in capitals. Raises UsageError where there is no such currency."""
    from duecourse.connectors.importers.invoices.currencies import exponents

    if code is not None and code.upper() not in exponents():
        raise click.UsageError(f"There is no currency {code}. Write its three letters, such as EUR.")
    return code.upper() if code else None


def load_mapping(file: Path | None) -> dict[str, str]:
    """Column to field, from JSON. Raises UsageError where it is something else."""
    if file is None:
        return {}
    try:
        found = json.loads(file.read_text("utf-8"))
    except (ValueError, OSError) as error:
        raise click.UsageError(f"{file} is not JSON: {error}") from error
    found = found.get("columns", found) if isinstance(found, dict) else found
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise click.UsageError(f'{file} should look like {{"Column in the file": "field", ...}}.')
    return found


def choose_creditor(name: str | None) -> Creditor | str:
    """The named creditor, or the only one there is; else the name of one to make.

    Raises UsageError where there are several and none is named.
    """
    from duecourse.actions.import_creditor import creditors, find_creditor

    if name is not None:
        return find_creditor(name) or name
    known = creditors()
    if len(known) > 1:
        names = ", ".join(f"“{c.name}”" for c in known[:20])
        raise click.UsageError(f"Whose invoices are these? Add --creditor with one of {names}, or a new name.")
    return known[0] if known else FIRST_CREDITOR


def ask(questions: list[dict[str, Any]], file: str, *, at_terminal: bool) -> Conventions:
    """Answers from the person at the terminal. Elsewhere raises UsageError with the flags that answer."""
    from duecourse.connectors.importers.invoices import Conventions

    if not at_terminal:
        lines = [f"{file}: {q['text']} Add {_flags(q)}." for q in questions]
        raise click.UsageError("\n".join(lines))
    answers: dict[str, Any] = {}
    for question in questions:
        click.echo(question["text"], err=True)
        if len(question["options"]) == 1:
            answers[question["key"]] = known_currency(click.prompt("Code", err=True))
            continue
        for number, option in enumerate(question["options"], start=1):
            example = f"  ({option['example']})" if option["example"] else ""
            click.echo(f"  {number}  {option['label']}{example}", err=True)
        chosen = click.prompt("Number", type=click.IntRange(1, len(question["options"])), err=True)
        answers[question["key"]] = question["options"][chosen - 1]["value"]
    return Conventions(**answers)


def _flags(question: dict[str, Any]) -> str:
    return " or ".join(option["flag"] for option in question["options"])
