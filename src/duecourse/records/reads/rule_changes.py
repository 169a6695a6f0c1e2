"""Changes of rules with the number of customers whom each affects, of those whose rows may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import connection

from duecourse.core.law.changes import RuleChange, changes
from duecourse.core.law.places import jurisdiction
from duecourse.core.law.reach import reached
from duecourse.core.law.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Affected:
    """A change, and how many customers an act toward whom would come under the rule."""

    change: RuleChange
    customers: int


def affected(since: date, *, until: date | None = None) -> list[Affected]:
    """Changes after `since`, oldest first. Reads within the running scope; one query, whatever the size of the book."""
    found = changes(since, until=until)
    kinds, sizes = _kinds()
    told = []
    for change in found:
        rules = Rulebook.load(as_of=date.fromisoformat(change.text.version))
        mine = reached(kinds, rules, [change.id])[change.id] if sizes else []
        told.append(Affected(change, sum(sizes[kind] for kind in mine)))
    return told


def _kinds() -> tuple[pl.DataFrame, list[int]]:
    """Customers by place, kind and creditor's kind, and how many of each."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT coalesce(nullif(c.country, ''), k.country), c.region, coalesce(nullif(c.timezone, ''), k.timezone),
                      c.kind <> 'person', k.is_agency_client, count(*)
                 FROM customer c JOIN creditor k ON k.id = c.creditor_id GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"""
        )
        rows = cursor.fetchall()
    kinds = [
        (n, tz, jurisdiction(country, region), business, agency)
        for n, (country, region, tz, business, agency, _) in enumerate(rows)
    ]
    schema = {
        "kind": pl.Int64,
        "tz": pl.String,
        "jurisdiction": pl.String,
        "business": pl.Boolean,
        "agency": pl.Boolean,
    }
    return pl.DataFrame(kinds, schema=schema, orient="row"), [row[-1] for row in rows]
