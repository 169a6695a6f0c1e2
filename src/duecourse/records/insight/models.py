"""What was counted for the dashboard, so that a page need not count a million customers."""

from __future__ import annotations

from django.db import models


class DayTally(models.Model):
    """The tally of one creditor's book in one currency at the close of a day; creditor empty: all of them together.

    A cache: it can be thrown away and counted again. Figures are made from it by `core.measure.figures`.
    """

    id = models.BigAutoField(primary_key=True)
    creditor_id = models.BigIntegerField(null=True)
    as_of = models.DateField()
    currency = models.CharField(max_length=3)
    items = models.JSONField(help_text="Item → count or minor units")
    version = models.TextField(help_text="State of ledger and contacts that was counted")
    seconds = models.FloatField(help_text="How long the count took")
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "day_tally"
        constraints = [
            models.UniqueConstraint(
                fields=["creditor_id", "as_of", "currency"], name="day_tally_once", nulls_distinct=False
            )
        ]
