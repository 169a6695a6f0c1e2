"""Find a customer by name, reference or invoice number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

_FIND = """
SELECT DISTINCT ON (h.place, c.name, c.id) c.shard, c.id, c.name, c.ref, coalesce(nullif(k.trading_as, ''), k.name),
       CASE WHEN h.by_ref = '' THEN '' ELSE 'invoice ' || h.by_ref END
  FROM find_customers(%(bare)s, %(name)s, 20) h
  JOIN customer c ON c.shard = h.shard AND c.id = h.customer_id JOIN creditor k ON k.id = c.creditor_id
 ORDER BY h.place, c.name, c.id LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer, and the invoice that led to it where one did."""

    shard: int
    id: int
    name: str
    ref: str
    creditor: str
    by: str


def find(text: str) -> tuple[Hit, ...]:
    """Up to 20, best first: reference, then invoice number, then part of the name."""
    bare = "".join(c for c in text.upper() if c.isalnum())
    if not bare:
        return ()
    name = text.strip().lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    with connection.cursor() as cursor:
        # Under three letters no index on parts of names helps; references and numbers are found all the same.
        cursor.execute(_FIND, {"bare": bare, "name": f"%{name}%" if len(name) > 2 else None})
        seen: dict[int, Hit] = {}
        for row in cursor.fetchall():
            seen.setdefault(row[1], Hit(*row))
    return tuple(seen.values())
