"""Take a file in: guard it, read it, and keep what was read until a person says yes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from duecourse.actions import import_files
from duecourse.actions.import_keep import DONE, LOADING, keep_read, recalled
from duecourse.connectors.importers.guard import STANDARD, Caps
from duecourse.connectors.importers.invoices import Conventions, parse
from duecourse.connectors.importers.source import Source
from duecourse.records.journal.models import ImportFile
from duecourse.records.parties.models import Creditor
from duecourse.records.tenancy import scope

NOTHING = Conventions()


def begin(
    file: Source | str | Path | bytes,
    *,
    creditor: int,
    by: str,
    home: Path,
    now: datetime,
    name: str = "",
    answers: Conventions = NOTHING,
    mapping: dict[str, str] | None = None,
    default_terms: int | None = None,
    caps: Caps = STANDARD,
) -> ImportFile:
    """Read a file for a creditor; the row is `ready`, or `asking` with its questions in `summary["questions"]`.

    `home` is the data folder, `by` whoever brings the file. A file whose loading was killed is returned as it is, to go
    on where it was. Raises Unreadable where the file cannot be taken as a whole; then nothing is kept.
    """
    source = Source.of(file, name=name)
    with scope([creditor]):
        whose = Creditor.objects.get(id=creditor)
        sha256 = import_files.digest(source)
        row = ImportFile.objects.filter(creditor_id=creditor, sha256=sha256).exclude(state=DONE).order_by("-id").first()
        if row is not None and row.state == LOADING:
            return row
        parsed = parse(
            source,
            currency=whose.currency,
            conventions=answers,
            mapping=mapping,
            default_terms=default_terms,
            caps=caps,
            recall=lambda shape: recalled(creditor, shape),
        )
        path = import_files.keep(source, sha256, creditor, home)
        if row is None:
            row = ImportFile(
                creditor_id=creditor,
                name=source.name,
                size=source.size,
                sha256=sha256,
                path=path,
                uploaded_by=by,
                created_at=now,
            )
        row.mapping = mapping or {}
        keep_read(row, parsed, answers, default_terms, home)
    return row


def answer(
    import_id: int,
    *,
    creditor: int,
    home: Path,
    answers: Conventions = NOTHING,
    mapping: dict[str, str] | None = None,
    caps: Caps = STANDARD,
) -> ImportFile:
    """Read the file again with more answers or another mapping (column to field); earlier answers are kept.

    Raises Unreadable for a mapping that does not fit, ValueError where the file is being loaded or done.
    """
    with scope([creditor]):
        row = ImportFile.objects.select_for_update().get(id=import_id, creditor_id=creditor)
        if row.state in (LOADING, DONE):
            raise ValueError("this file is being loaded already")
        whose = Creditor.objects.get(id=creditor)
        answers = Conventions.from_json(row.summary.get("answers", {}) | answers.to_json())
        terms = row.summary.get("default_terms")
        mapping = row.mapping | (mapping or {})
        parsed = parse(
            Source.of(home / row.path / import_files.ORIGINAL, name=row.name),
            currency=whose.currency,
            conventions=answers,
            mapping=mapping,
            default_terms=terms,
            caps=caps,
            recall=lambda shape: recalled(creditor, shape),
        )
        row.mapping = mapping
        keep_read(row, parsed, answers, terms, home)
    return row
