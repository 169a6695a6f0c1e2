"""Columns of over 60 header sets find their fields; a saved mapping overrules; card columns are never read."""

from __future__ import annotations

import pytest

from duecourse.connectors.importers.invoices.fields import BY_NAME
from duecourse.connectors.importers.invoices.mapping import map_columns
from duecourse.connectors.importers.problems import Unreadable
from tests.connectors.importers.header_sets import HeaderSet, load

WRITTEN, SEEN = load(), load("header_sets_seen.toml")
PROMISED = 0.95


def misses(header_set: HeaderSet) -> list[tuple[str, str, str]]:
    """Columns that matter and were taken for something else, as (column, expected, chosen)."""
    chosen = {c.column: c.field for c in map_columns(header_set.table).choices}
    return [
        (column, field, chosen[column])
        for column, field in header_set.expected.items()
        if chosen[column] != field and (_matters(field) or _matters(chosen[column]))
    ]


def share_right(sets: list[HeaderSet]) -> float:
    wrong = sum(len(misses(s)) for s in sets)
    return 1 - wrong / sum(_matters(field) for s in sets for field in s.expected.values())


def _matters(field: str) -> bool:
    return field == "never" or (field in BY_NAME and BY_NAME[field].matters)


def test_sixty_sets_are_there() -> None:
    assert len(WRITTEN) >= 60
    assert len({tuple(s.expected) for s in WRITTEN + SEEN}) == len(WRITTEN + SEEN)


@pytest.mark.parametrize("sets", [WRITTEN, SEEN], ids=["written", "seen"])
def test_columns_that_matter_are_found(sets: list[HeaderSet]) -> None:
    found = {s.name: missed for s in sets if (missed := misses(s))}
    assert share_right(sets) >= PROMISED, found


def test_the_score_counts_faults() -> None:
    """The measure itself: with one field expected elsewhere it must fall."""
    table = WRITTEN[0].table
    spoiled = HeaderSet("spoiled", table, WRITTEN[0].expected | {"InvoiceNumber": "customer_ref"})
    assert share_right([spoiled]) < share_right([WRITTEN[0]]) == 1.0


@pytest.mark.parametrize("header_set", WRITTEN + SEEN, ids=lambda s: s.name)
def test_card_and_private_columns_are_never_read(header_set: HeaderSet) -> None:
    mapping = map_columns(header_set.table)
    assert {c for c, field in header_set.expected.items() if field == "never"} <= set(mapping.never)


def test_every_choice_says_why() -> None:
    for choice in map_columns(WRITTEN[0].table).choices:
        assert choice.why.endswith(".")


def test_a_saved_mapping_overrules() -> None:
    table = next(s for s in WRITTEN if s.name.startswith("Receivables data set")).table
    mapping = map_columns(table, {"total_open_amount": "amount", "name_customer": ""})
    assert mapping.column("amount") == "total_open_amount"
    assert mapping.column("open_amount") is None
    assert mapping.column("customer_name") is None


@pytest.mark.parametrize(
    ("saved", "words"),
    [
        ({"No such column": "amount"}, "does not have"),
        ({"ContactName": "colour"}, "does not exist"),
        ({"Total": "amount", "TaxTotal": "amount"}, "two columns"),
    ],
)
def test_a_wrong_mapping_is_refused(saved: dict[str, str], words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        map_columns(WRITTEN[0].table, saved)
