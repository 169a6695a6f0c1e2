"""What was done without being asked, said once a kind, with a count."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """`kind` is stable for scripts; `text` is for people and holds no personal data; `lines`: the first few it is about."""

    kind: str
    text: str
    count: int = 0
    lines: tuple[int, ...] = ()


_LEFT_OUT = {
    "draft": "Drafts, quotes and orders are left out",
    "void": "Voided and cancelled invoices are left out",
    "written_off": "Written-off invoices are left out",
    "other": "Documents that are no invoice, credit or payment are left out",
    "zero": "Invoices of nothing are left out",
    "totals": "Lines with totals are left out",
    "titles": "Title lines between the rows are left out",
    "repeats": "Rows that say the same again are taken once",
}


def left_out(counts: dict[str, int]) -> list[Note]:
    """A note for each reason that has rows.

    >>> left_out({"void": 2, "totals": 0})[0].text
    'Voided and cancelled invoices are left out (2).'
    """
    return [Note(kind, f"{_LEFT_OUT[kind]} ({count:,}).", count) for kind, count in counts.items() if count]
