"""The kept file read again exactly as before: with the same answers and mapping."""

from __future__ import annotations

from pathlib import Path

from duecourse.actions import import_files
from duecourse.connectors.importers.guard import Caps
from duecourse.connectors.importers.invoices import Conventions, Parsed, parse
from duecourse.connectors.importers.invoices.furniture import GROUP_TITLE
from duecourse.connectors.importers.source import Source
from duecourse.records.journal.models import ImportFile


def read_again(row: ImportFile, home: Path) -> Parsed:
    """What `begin` or `answer` read. The conventions that were decided then are given now, so nothing is asked."""
    return parse(
        Source.of(home / row.path / import_files.ORIGINAL, name=row.name),
        conventions=Conventions.from_json(row.conventions),
        mapping={
            column["column"]: column["field"] for column in row.summary["columns"] if column["column"] != GROUP_TITLE
        },
        default_terms=row.summary.get("default_terms"),
        caps=Caps(text_in=max(row.size, Caps().text_in)),
    )
