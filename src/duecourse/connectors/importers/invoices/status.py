"""What other systems call the state of an invoice, the kind of a document and the kind of a customer."""

from __future__ import annotations

from duecourse.connectors.importers.invoices.words import load


def _table(groups: dict[str, str]) -> dict[str, str]:
    """Lower-case words to the group that they stand in, with spaces and with underscores."""
    return {
        word.replace("_", joint): name for name, words in groups.items() for word in words.split() for joint in " _"
    }


_STATES = load("states.toml")
STATUSES: dict[str, str] = _table(_STATES["status"])
DOCUMENTS: dict[str, str] = _table(_STATES["document"])
KINDS: dict[str, str] = _table(_STATES["kind"])
SKIPPED = ("draft", "void", "written_off")
