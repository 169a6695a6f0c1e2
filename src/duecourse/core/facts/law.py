"""What the contact gate knows: one small Polars frame a noun, keyed by customer.

Example: a customer in Columbus who opted one address out of email.

>>> from datetime import UTC, datetime
>>> import polars as pl
>>> facts = LawFacts(
...     locations=pl.DataFrame({"customer": [1], "tz": ["America/New_York"], "jurisdiction": ["US-OH"]}),
...     suppressions=pl.DataFrame({"customer": [1], "medium": ["email"], "point": ["a@mail.example"],
...                                "at": [datetime(2026, 6, 1, tzinfo=UTC)]}),
... )
>>> facts.suppressions.columns
['customer', 'person', 'medium', 'point', 'scope', 'at', 'until']
>>> facts.log.height
0

Rules of every frame
- `customer` is the key. `person` null = every person of the customer; `debt` null = every debt; `point` null = every
address.
- `at` is the instant from which we knew; null = always. A fact learned after a candidate's `at` is not used for it.
- `until` is the instant from which it no longer holds; null = open.
- Instants are aware UTC microseconds; `_on` columns are civil dates where the customer is.
- A missing column is filled with null, an unknown one is refused (it would be a fact nobody reads).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import polars as pl

from duecourse.core.facts.law_schemas import SCHEMAS


class FactError(ValueError):
    """A facts frame that the gate cannot read: says which frame and column, and the mend."""


def empty(name: str) -> pl.DataFrame:
    """The typed empty frame called `name` in SCHEMAS."""
    return pl.DataFrame(schema=SCHEMAS[name])


def conform(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with exactly the columns and types of SCHEMAS[name], sorted by its key; missing columns become null.

    Sorted frames meet sorted candidates by merging, at a twentieth of the price of hashing.

    Raises FactError on an unknown column, a missing or null `customer`, or a value that cannot be cast.
    """
    schema = SCHEMAS[name]
    key = next(iter(schema))
    if frame.schema == schema:
        return frame.sort(key, maintain_order=True)
    unknown = [column for column in frame.columns if column not in schema]
    if unknown:
        raise FactError(
            f"facts.{name} has the unknown column {unknown[0]!r}. Columns it may have: {', '.join(schema)}."
        )
    if key not in frame.columns:
        raise FactError(f"facts.{name} lacks its key column {key!r}. Add it.")
    columns = [
        pl.col(column).cast(kind) if column in frame.columns else pl.lit(None, dtype=kind).alias(column)
        for column, kind in schema.items()
    ]
    try:
        return frame.select(columns).sort(key, maintain_order=True)
    except pl.exceptions.PolarsError as error:
        raise FactError(
            f"facts.{name} holds a value of the wrong type: {type(error).__name__}. Needed: {schema}."
        ) from None


@dataclass(frozen=True, eq=False)
class LawFacts:
    """All facts the rules read. Every frame may stay empty; a rule whose facts are empty costs almost nothing.

    The columns, their types and their meaning are in `law_schemas.SCHEMAS`.
    """

    locations: pl.DataFrame = field(default_factory=lambda: empty("locations"))
    preferences: pl.DataFrame = field(default_factory=lambda: empty("preferences"))
    places: pl.DataFrame = field(default_factory=lambda: empty("places"))
    consents: pl.DataFrame = field(default_factory=lambda: empty("consents"))
    suppressions: pl.DataFrame = field(default_factory=lambda: empty("suppressions"))
    log: pl.DataFrame = field(default_factory=lambda: empty("log"))
    sessions: pl.DataFrame = field(default_factory=lambda: empty("sessions"))
    points: pl.DataFrame = field(default_factory=lambda: empty("points"))
    number_checks: pl.DataFrame = field(default_factory=lambda: empty("number_checks"))
    creditor_notices: pl.DataFrame = field(default_factory=lambda: empty("creditor_notices"))
    prior_collectors: pl.DataFrame = field(default_factory=lambda: empty("prior_collectors"))
    representations: pl.DataFrame = field(default_factory=lambda: empty("representations"))
    ceases: pl.DataFrame = field(default_factory=lambda: empty("ceases"))
    validations: pl.DataFrame = field(default_factory=lambda: empty("validations"))
    disputes: pl.DataFrame = field(default_factory=lambda: empty("disputes"))
    bankruptcies: pl.DataFrame = field(default_factory=lambda: empty("bankruptcies"))
    breathing_spaces: pl.DataFrame = field(default_factory=lambda: empty("breathing_spaces"))
    notices: pl.DataFrame = field(default_factory=lambda: empty("notices"))
    debts: pl.DataFrame = field(default_factory=lambda: empty("debts"))
    persons: pl.DataFrame = field(default_factory=lambda: empty("persons"))
    holds: pl.DataFrame = field(default_factory=lambda: empty("holds"))
    creditors: pl.DataFrame = field(default_factory=lambda: empty("creditors"))
    rates: pl.DataFrame = field(default_factory=lambda: empty("rates"))

    def __post_init__(self) -> None:
        for each in fields(self):
            object.__setattr__(self, each.name, conform(each.name, getattr(self, each.name)))
