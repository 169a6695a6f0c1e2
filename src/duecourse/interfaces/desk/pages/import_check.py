"""Check what we understood: columns, questions, and what cannot be used, grouped by cause."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from duecourse.actions.import_file import Conventions, Unreadable, answer, refused_file
from duecourse.connectors.importers.invoices.sniff import look
from duecourse.connectors.importers.source import Source
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.own import my_file, own_scope
from duecourse.interfaces.import_words import CAUSES, FIELDS
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.journal.models import ImportFile
from duecourse.records.parties.models import Creditor
from duecourse.records.reads.membership import creditors_of
from duecourse.records.tenancy import scope

STAGES = ("File", "Columns", "Check", "Preview", "Keep")
CHOICES = (("", "Leave out"), *FIELDS.items())
SHOWN = 5
SMALL = 3_000_000
"""Bytes of a workbook up to which its first rows are read again for examples."""


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    met: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file and what it becomes; `never` is dropped unread and cannot be chosen."""

    name: str
    example: str
    field: str
    why: str
    chip: Chip
    never: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Row:
    line: str
    column: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Refused rows of one cause."""

    name: str
    count: str
    mend: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """The page. `shares` are x and width of the bar, in rows: ready, refused, left out."""

    id: int
    title: str
    name: str
    whose: str
    stages: tuple[Stage, ...]
    asking: bool
    ready: int
    refused: int
    left_out: int
    total: int
    columns: tuple[Column, ...]
    questions: tuple[Question, ...]
    causes: tuple[Cause, ...]
    notes: tuple[str, ...]
    explain: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = CHOICES
    default_terms: str = ""


def stages(at: str) -> tuple[Stage, ...]:
    """The steps, up to where we are."""
    here = STAGES.index(at)
    return tuple(Stage(name, i < here, i == here) for i, name in enumerate(STAGES))


@own_scope
@require_safe
def page(request: HttpRequest, import_id: int) -> HttpResponse:
    row, creditor = my_file(request, import_id)
    if row.state in ("loading", "done"):
        return redirect("desk:import_keep", import_id)
    return _show(request, row, creditor)


@own_scope
@require_POST
def answers(request: HttpRequest, import_id: int) -> HttpResponse:
    """An answer to a question, or other fields for columns; the file is read again with it."""
    row, creditor = my_file(request, import_id)
    given: dict[str, Any] = {}
    mapping: dict[str, str] = {}
    for key, value in request.POST.items():
        if key.startswith("answer-"):
            given[key.removeprefix("answer-")] = _value(value)
        elif key.startswith("column-") and value in dict(CHOICES):
            mapping[key.removeprefix("column-")] = value
    changed = {c["column"]: mapping[c["column"]] for c in row.summary["columns"] if _is_changed(c, mapping)}
    try:
        answer(
            row.id,
            creditor=creditor.id,
            home=settings.DATA_FOLDER,
            answers=Conventions.from_json(given),
            mapping=changed or None,
        )
    except Unreadable as refusal:
        return _show(request, row, creditor, [Fault("columns", str(refusal))])
    except ValueError:
        return redirect("desk:import_keep", import_id)
    return redirect("desk:import_file", import_id)


@own_scope
@require_safe
def refused(request: HttpRequest, import_id: int) -> FileResponse:
    """The refused rows as a file: line, column, found, expected, mend, and the row as it stood."""
    row, _ = my_file(request, import_id)
    path = refused_file(row, settings.DATA_FOLDER)
    if not path.exists():
        raise Http404
    name = f"{Path(row.name).stem}-refused.csv"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def _show(request: HttpRequest, row: ImportFile, creditor: Creditor, errors: Sequence[Fault] = ()) -> HttpResponse:
    summary = row.summary
    left_out = sum(summary.get("left_out", {}).values())
    asking = row.state == "asking"
    here = Check(
        id=row.id,
        title="We have a question" if asking else "Check what we understood",
        name=row.name,
        whose=str(creditor),
        stages=stages("Columns" if asking else "Check"),
        asking=asking,
        ready=row.rows - row.refused,
        refused=row.refused,
        left_out=left_out,
        total=max(1, row.rows + left_out),
        columns=_columns(row),
        questions=tuple(_question(q) for q in summary["questions"]),
        causes=_causes(summary),
        notes=tuple(n["text"] for n in summary["notes"]),
        # What is said of single columns stands beside them.
        explain=tuple(line for line in summary["explain"] if not line.startswith("“")),
    )
    with scope(creditors_of(request.user)):
        return show(request, "import_check", here, current="Import", errors=errors, status=422 if errors else 200)


def _columns(row: ImportFile) -> tuple[Column, ...]:
    examples = _examples(row)
    made = []
    for c in row.summary["columns"]:
        never = c["field"] == "never"
        if never:
            chip = Chip("never read", "hold")
        elif not c["field"]:
            chip = Chip("left out", "hold")
        else:
            chip = Chip("sure", "done") if c["score"] >= 0.85 else Chip("check", "due")
        made.append(
            Column(
                c["column"],
                "" if never else examples.get(c["column"], ""),
                c["field"],
                "" if chip.kind == "done" else c["why"],
                chip,
                never,
            )
        )
    return tuple(made)


def _examples(row: ImportFile) -> dict[str, str]:
    """Two values of each column, from the first rows. A large workbook is not opened again for this."""
    path = settings.DATA_FOLDER / row.path / "original"
    source = Source.of(path, name=row.name)
    if source.head(2) == b"PK" and row.size > SMALL:
        return {}
    encoding = row.conventions.get("encoding")
    table = look(source, encoding=encoding, limit=50)[1]
    return {
        h: ", ".join(
            str(v)
            for v in table.cells[h].drop_nulls().replace("", None).drop_nulls().unique(maintain_order=True).head(2)
        )
        for h in table.headers
    }


def _question(asked: dict[str, Any]) -> Question:
    options = tuple(Option(json.dumps(o["value"]), o["label"], o.get("example", "")) for o in asked["options"])
    return Question(asked["key"], asked["text"], options)


def _causes(summary: dict[str, Any]) -> tuple[Cause, ...]:
    made = []
    for cause, count in summary.get("causes", {}).items():
        rows = [r for r in summary["refused"] if r["cause"] == cause]
        shown = tuple(Row(f"{r['line']:,}", r["column"], r["found"], r["expected"]) for r in rows[:SHOWN])
        made.append(
            Cause(
                CAUSES.get(cause, cause).capitalize(),
                f"{count:,} row{'s' if count > 1 else ''}",
                rows[0]["mend"] if rows else "",
                shown,
            )
        )
    return tuple(made)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _is_changed(column: dict[str, Any], mapping: dict[str, str]) -> bool:
    return column["field"] != "never" and mapping.get(column["column"], column["field"]) != column["field"]
