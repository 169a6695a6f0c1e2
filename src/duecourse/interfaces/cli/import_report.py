"""What the import command says: before loading, and after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duecourse.interfaces.import_words import CAUSES

if TYPE_CHECKING:
    from duecourse.records.journal.models import ImportFile


_DONE = (
    ("customers", "customer is new", "customers are new"),
    ("new", "invoice is new", "invoices are new"),
    ("new_credit", "credit is new", "credits are new"),
    ("lower", "had been paid further; the difference is booked", "had been paid further; the difference is booked"),
    ("higher", "is open again; the difference is booked", "are open again; the difference is booked"),
    ("due_changed", "has another due date", "have another due date"),
    ("kept", "was paid here already; the file does not know yet", "were paid here already; the file does not know yet"),
)


def show_preview(row: ImportFile, creditor: str) -> None:
    """What loading would do, on standard error: columns, notes, and sums per currency."""
    from rich.console import Console
    from rich.table import Table

    from duecourse.actions.import_file import preview
    from duecourse.interfaces.figure_words import worded
    from duecourse.site.home import home

    console = Console(stderr=True)
    for line in (*row.summary["explain"], *(note["text"] for note in row.summary["notes"])):
        console.print(f"  {line}", highlight=False, markup=False)
    found = preview(row.id, creditor=row.creditor_id, home=home())
    table = Table(title=f"{row.name} for {creditor}", title_justify="left")
    for name in ("", "New", "Changed", "Same", "Refused", "Amount of the new", "Still open of it"):
        table.add_column(name, justify="left" if name == "" else "right")
    for c in found.currencies:
        changed = c["lower"] + c["higher"] + c["due_changed"]
        sums = (worded(c[k], "money", c["currency"]) for k in ("amount_minor", "open_minor"))
        counts = (c["new"] + c["new_credit"], changed, c["same"] + c["kept"], c["refused"])
        table.add_row(c["currency"], *(f"{n:,}" for n in counts), *sums)
    console.print(table)
    console.print(f"Customers: {found.new_customers:,} new, {found.known_customers:,} known.", highlight=False)
    if row.refused:
        console.print(f"{row.refused:,} rows cannot be read: {causes(row)}.", highlight=False)


def causes(row: ImportFile) -> str:
    """Refusals by cause, most frequent first."""
    found = row.summary.get("causes", {})
    return ", ".join(f"{CAUSES.get(cause, cause)} ({count:,})" for cause, count in found.items())


def refused_at(row: ImportFile) -> Path | None:
    """The file of refused rows, where any were refused."""
    from duecourse.actions.import_file import refused_file
    from duecourse.site.home import home

    return refused_file(row, home()) if row.refused else None


def as_dict(row: ImportFile, creditor: str, refused: Path | None) -> dict[str, Any]:
    """The outcome of one file for scripts."""
    return {
        "file": row.name,
        "creditor": creditor,
        "rows": row.rows,
        "taken": row.taken,
        "unchanged": row.unchanged,
        "refused": row.refused,
        "causes": row.summary.get("causes", {}),
        "loaded": row.summary.get("loaded", {}),
        "left_out": row.summary.get("left_out", {}),
        "notes": [{"kind": n["kind"], "text": n["text"], "count": n["count"]} for n in row.summary.get("notes", [])],
        "mapping": {c["column"]: c["field"] for c in row.summary.get("columns", [])},
        "conventions": row.conventions,
        "refused_file": str(refused) if refused else None,
    }


def as_text(row: ImportFile, creditor: str, refused: Path | None) -> str:
    """The outcome of one file for people."""
    loaded = row.summary.get("loaded", {})
    lines = [f"{row.name} for {creditor}: {row.taken:,} taken, {row.unchanged:,} unchanged, {row.refused:,} refused."]
    if found := [f"{loaded[key]:,} {one if loaded[key] == 1 else many}" for key, one, many in _DONE if loaded.get(key)]:
        lines.append(f"  {', '.join(found)}.")
    lines += [f"  {note['text']}" for note in row.summary.get("notes", [])]
    if refused:
        why = causes(row)
        lines.append(f"  Refused: {why}." if why else "  Refused: the book says otherwise.")
        lines.append(f"  Mend the rows in {refused} and import that file.")
    return click.style(lines[0], bold=True) + "".join(f"\n{line}" for line in lines[1:])
