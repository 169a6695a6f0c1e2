"""Which column of a file of settled invoices is which."""

from __future__ import annotations

from collections.abc import Mapping

from duecourse.site.trouble import Trouble

NEEDED = ("customer", "amount", "due_date", "clear_date")
USED = ("invoice_date", "currency", "terms", "disputed_at")
_LIKE: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer_ref", "customer_name"),
    "amount": ("amount", "open_amount", "net_amount"),
    "due_date": ("due_date",),
    "clear_date": ("settled_date",),
    "invoice_date": ("issued_date",),
    "currency": ("currency",),
    "terms": ("terms",),
}
"""The importers' field names, best first."""
_DISPUTED = frozenset({"disputed at", "dispute date", "disputed on", "date disputed"})
"""Dates only. A mark such as “Disputed: yes” tells how it ended, which nobody knew before."""


def find_columns(headers: list[str], said: Mapping[str, str]) -> dict[str, str]:
    """Field → column. What the person `said` counts; then our own names; then what the importers know.

    Raises `Trouble` where a needed field has no column, or `said` names what is not there.

    >>> find_columns(["cust_number", "amount", "due_date", "clear_date"], {})["customer"]
    'cust_number'
    """
    for field, column in said.items():
        if field not in (*NEEDED, *USED):
            raise Trouble(f"There is no field “{field}”.", f"Use one of: {', '.join((*NEEDED, *USED))}.")
        if column not in headers:
            raise Trouble(f"The file has no column “{column}”.", f"It has: {', '.join(headers[:30])}.")
    found = dict(said)
    for field in (*NEEDED, *USED):
        if field not in found and (column := _column(field, [h for h in headers if h not in found.values()])):
            found[field] = column
    missing = [field for field in NEEDED if field not in found]
    if missing:
        raise Trouble(
            f"No column could be found for: {', '.join(missing)}. The file has: {', '.join(headers[:30])}.",
            f"Name it, for example: --column {missing[0]}=COLUMN",
        )
    return found


def _column(field: str, headers: list[str]) -> str | None:
    from duecourse.connectors.importers.invoices.named import by_name
    from duecourse.connectors.importers.invoices.words import normalise

    if field in headers:
        return field
    if field == "disputed_at":
        return next((h for h in headers if normalise(h) in _DISPUTED), None)
    best: tuple[float, int, str] | None = None
    for rank, name in enumerate(_LIKE[field]):
        for header in headers:
            score = next((score for found, score, _ in by_name(header)[0] if found == name), 0.0)
            if score >= 0.7 and (best is None or (score, -rank) > best[:2]):
                best = score, -rank, header
    return best[2] if best else None
