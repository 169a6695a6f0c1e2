"""`duecourse import`: files of invoices into the book, with what was taken, what was refused and why."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duecourse.interfaces.cli.start import with_database

if TYPE_CHECKING:
    from duecourse.connectors.importers.guard import Caps
    from duecourse.connectors.importers.invoices import Conventions
    from duecourse.records.journal.models import ImportFile
    from duecourse.records.parties.models import Creditor

MEGABYTE = 1_000_000


@click.command(name="import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--creditor", metavar="NAME", help="Whose invoices these are; made where it is new.")
@click.option("--currency", metavar="CUR", help="Currency of amounts that name none; the creditor's where left out.")
@click.option("--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help='JSON: {"Column": "field"}; see docs/importing.md.')  # fmt: skip
@click.option("--day-first/--month-first", "day_first", default=None, help="Order in dates such as 01/02/2026.")
@click.option("--decimal-comma/--decimal-point", "decimal_comma", default=None, help="Mark before the decimals.")
@click.option("--tax-included/--tax-added", "tax_included", default=None, help="Whether amounts of lines hold the tax.")
@click.option("--encoding", metavar="NAME", help="Such as cp1252, where letters come out wrong.")
@click.option("--terms-days", type=click.IntRange(0, 365), metavar="N", help="Days of credit where a row names none.")
@click.option(
    "--refused", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.csv", help="Write refused rows here."
)
@click.option("--max-mb", type=click.IntRange(1), metavar="N", help="Largest CSV file in MB; 25 where left out.")
@click.option("--yes", is_flag=True, help="Load without asking.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
@with_database
def import_(
    files: tuple[Path, ...],
    creditor: str | None,
    currency: str | None,
    map_file: Path | None,
    refused: Path | None,
    max_mb: int | None,
    terms_days: int | None,
    yes: bool,
    as_json: bool,
    **conventions: Any,
) -> None:
    """Read invoices from CSV or XLSX files.

    The same file again changes nothing; a killed import goes on where it was. Exit code 1: some rows were refused.
    2: something has to be said first, such as the order of day and month.
    """
    from duecourse.connectors.importers.guard import Caps
    from duecourse.connectors.importers.invoices import Conventions
    from duecourse.interfaces.cli import import_report as report
    from duecourse.interfaces.cli.import_choice import choose_creditor, known_currency, load_mapping

    caps = Caps(text_in=max_mb * MEGABYTE) if max_mb else Caps()
    answers = Conventions(currency=known_currency(currency), **conventions)
    mapping = load_mapping(map_file)
    whose = choose_creditor(creditor)
    any_refused = False
    for number, file in enumerate(files):
        row, whose = _begin(file, whose, answers, mapping, terms_days, caps)
        if row.state != "loading" and not (yes or as_json or not _at_terminal()):
            report.show_preview(row, whose.name)
            click.confirm("Load this?", default=True, abort=True, err=True)
        row = _load(row, whose.id)
        kept = report.refused_at(row)
        if refused is not None and kept is not None:
            target = refused if number == 0 else refused.with_stem(f"{refused.stem}-{number + 1}")
            shutil.copyfile(kept, target)
            kept = target
        click.echo(
            json.dumps(report.as_dict(row, whose.name, kept)) if as_json else report.as_text(row, whose.name, kept)
        )
        any_refused |= row.refused > 0
    if any_refused:
        click.get_current_context().exit(1)


def _begin(
    file: Path, whose: Creditor | str, answers: Conventions, mapping: dict[str, str], terms_days: int | None, caps: Caps
) -> tuple[ImportFile, Creditor]:
    """Begin, and ask what the file leaves open: at a terminal one question after the other, elsewhere with the flags.

    A new creditor is made in the same transaction: a file that cannot be taken leaves none behind.
    """
    from duecourse.actions.import_creditor import make_creditor
    from duecourse.actions.import_file import Unreadable, answer, begin
    from duecourse.connectors.importers.invoices import main_currency
    from duecourse.connectors.importers.source import Source
    from duecourse.interfaces.cli.import_choice import ask
    from duecourse.records.tenancy import scope
    from duecourse.site.clock import now
    from duecourse.site.home import home
    from duecourse.site.trouble import Trouble

    try:
        with scope("all"):
            if isinstance(whose, str):
                currency = answers.currency or main_currency(
                    Source.of(file), encoding=answers.encoding, mapping=mapping, caps=caps
                )
                whose = make_creditor(whose, currency or "GBP", now=now())
            row = begin(
                file,
                creditor=whose.id,
                by="command line",
                home=home(),
                now=now(),
                answers=answers,
                mapping=mapping,
                default_terms=terms_days,
                caps=caps,
            )
        if row.state == "asking":
            given = ask(row.summary["questions"], file.name, at_terminal=_at_terminal())
            row = answer(row.id, creditor=whose.id, home=home(), answers=given, caps=caps)
    except Unreadable as refusal:
        where = f" (line {refusal.line:,})" if refusal.line else ""
        raise Trouble(f"{file.name}: {refusal.what}{where}", refusal.mend) from refusal
    return row, whose


def _load(row: ImportFile, creditor: int) -> ImportFile:
    from duecourse.actions.import_file import commit
    from duecourse.interfaces.cli.progress import progress
    from duecourse.site.clock import now
    from duecourse.site.home import home

    with progress(f"Loading {row.name}", total=max(row.rows - row.refused, 1)) as done:
        reached = 0

        def step(loaded: int, total: int) -> None:
            nonlocal reached
            done(loaded - reached)
            reached = loaded

        return commit(row.id, creditor=creditor, home=home(), now=now(), progress=step)


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
