"""`duecourse export`: a table that the user owns, whole, in a format that others read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from duecourse.interfaces.cli.start import with_database

TABLES = (
    "contacts customers contact_points consents debts postings payments plans instalments promises disputes approvals holds tasks"
    " notes decisions messages"
).split()


@click.command()
@click.argument("table", type=click.Choice(TABLES))
@click.option("--format", "kind", type=click.Choice(["csv", "jsonl", "parquet"]), default="csv", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; left out: standard output.")
@click.option("--creditor", metavar="NAME", help="Only this creditor's rows.")
@with_database
def export(table: str, kind: str, out: Path | None, creditor: str | None) -> None:
    """Write a table. Amounts are in minor units, times in ISO 8601; text is safe to open in a spreadsheet."""
    from duecourse.connectors.exporters import EXPORTERS
    from duecourse.interfaces.cli.creditor import creditor_ids
    from duecourse.interfaces.cli.progress import progress
    from duecourse.records import exports
    from duecourse.site.home import home

    if kind == "parquet" and out is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is not text. Name a file with --out.")
    creditors = creditor_ids(creditor)
    parts, exporter, rows = exports.steps(table, creditors), EXPORTERS[kind](), 0
    with _target(out) as stream, progress(f"Writing {table}", total=len(parts)) as done:
        for n, frame in enumerate(exports.read(table, parts, creditors=creditors, runs=home() / "runs")):
            if n == 0:
                exporter.begin(frame.schema, stream)
            exporter.write(frame)
            rows += frame.height
            done(1)
        exporter.end()
    click.echo(f"{rows:,} rows of {table}{f' in {out}' if out else ''}.", err=True)


@contextmanager
def _target(out: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears whole or not at all."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    beside = out.with_name(out.name + ".part")
    try:
        with beside.open("wb") as stream:
            yield stream
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
