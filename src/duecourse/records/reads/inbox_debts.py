"""What a customer owes now, by currency: for a promise that says "in full"."""

from __future__ import annotations

from django.db.models import Sum

from duecourse.records.ledger.models import Debt


def open_sums(shard: int, customer_id: int) -> dict[str, int]:
    """Currency → minor units open."""
    rows = Debt.objects.filter(shard=shard, customer_id=customer_id, open_minor__gt=0).values("currency")
    return {row["currency"]: row["total"] for row in rows.annotate(total=Sum("open_minor")).order_by("currency")}
