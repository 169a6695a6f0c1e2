"""The shape that every big table shares: shard first, an id from one sequence, a creditor for row-level security."""

from __future__ import annotations

import zlib

from django.db import models
from django.db.models import Func

SHARDS = 256
SHARDS_A_PIECE = 16
"""The largest tables are partitioned by shard, this many together (migration 0007_split)."""


def shard_of(creditor_id: int, customer_ref: str) -> int:
    """The shard of a customer: a hash of creditor and reference, 0 to 255, the same on every machine.

    >>> shard_of(1, "0379-NEVHP")
    98
    """
    return zlib.crc32(f"{creditor_id}:{customer_ref}".encode()) % SHARDS


class NextId(Func):
    """The next id of the book's one sequence; ids are unique over all tables."""

    template = "nextval('ids')"
    output_field = models.BigIntegerField()


class Sharded(models.Model):
    """Primary key (shard, id): a table can be partitioned or distributed by shard without a rewrite."""

    pk = models.CompositePrimaryKey("shard", "id")
    shard = models.SmallIntegerField()
    id = models.BigIntegerField(db_default=NextId())
    creditor_id = models.BigIntegerField()

    class Meta:
        abstract = True


class OfCustomer(Sharded):
    """A row about one customer."""

    customer_id = models.BigIntegerField()

    class Meta:
        abstract = True
