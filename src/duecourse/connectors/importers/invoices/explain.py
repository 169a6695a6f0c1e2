"""Why each column was taken for what it was taken for, in words."""

from __future__ import annotations

from duecourse.connectors.importers.invoices.mapping import IGNORE, NEVER
from duecourse.connectors.importers.invoices.parse import Parsed


def explain(parsed: Parsed) -> list[str]:
    """One line a decision: file, conventions, then every column in its order."""
    sniffed, mapping = parsed.sniffed, parsed.mapping
    kind = {"xlsx": "a workbook"}.get(sniffed.kind, f"a text file ({sniffed.kind}, {sniffed.encoding})")
    lines = [f"The file is {kind}; its header is on line {sniffed.header_line}."]
    if mapping.profile:
        lines.append(f"It has the columns of: {mapping.profile}.")
    if parsed.conventions.day_first is not None:
        lines.append(
            f"Dates have the {'day' if parsed.conventions.day_first else 'month'} first. {parsed.why['day_first']}"
        )
    if parsed.conventions.decimal_comma is not None:
        lines.append(
            f"Amounts have a decimal {'comma' if parsed.conventions.decimal_comma else 'point'}. {parsed.why['decimal_comma']}"
        )
    for choice in mapping.choices:
        taken = {IGNORE: "is not used", NEVER: "is left out unread"}.get(choice.field, f"is {choice.field}")
        lines.append(f"“{choice.column}” {taken}. {choice.why}")
    return lines
