"""Ways out that were offered and agreed. Terms are never edited: a change is a new version that replaces the old one."""

from __future__ import annotations

from django.db import models

from duecourse.records.sharded import OfCustomer


class Affordability(OfCustomer):
    """What a customer told us they can afford: a few sums a month, or the days on which a firm expects money."""

    currency = models.CharField(max_length=3)
    answers = models.JSONField(help_text="core.money.afford: income, essentials, debts; or inflows")
    spare_minor = models.BigIntegerField(null=True, help_text="Left each month; empty where it was not asked")
    hardship = models.BooleanField(help_text="The customer said that things are hard")
    channel = models.CharField(max_length=12)
    taken_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "affordability"
        indexes = [models.Index(fields=["shard", "customer_id", "id"], name="affordability_customer")]


class Offer(OfCustomer):
    """A menu that was worked out and shown, with what it was worked out from; kept so that fairness can be checked."""

    currency = models.CharField(max_length=3)
    affordability_id = models.BigIntegerField(null=True)
    case = models.JSONField(help_text="The row of core.money.offers.CASES")
    menu = models.JSONField(help_text="Options as terms, with their figures")
    policy = models.TextField(help_text="Name and digest of the creditor's offer policy")
    channel = models.CharField(max_length=12)
    made_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "offer"
        indexes = [models.Index(fields=["shard", "customer_id", "id"], name="offer_customer")]


class OfferPolicy(models.Model):
    """A creditor's limits and worth of a customer, as TOML; the newest rules (not sharded)."""

    id = models.BigAutoField(primary_key=True)
    creditor_id = models.BigIntegerField()
    text = models.TextField()
    set_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "offer_policy"
        indexes = [models.Index(fields=["creditor_id", "id"], name="offer_policy_creditor")]


class Arrangement(OfCustomer):
    """One version of the terms of a way out, as proposed. It binds when both sides have agreed."""

    kind = models.CharField(
        max_length=16, help_text="plan, extension, reduction, consolidation, settlement, early_discount"
    )
    version = models.SmallIntegerField()
    replaces_id = models.BigIntegerField(null=True, help_text="The version before")
    offer_id = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    total_minor = models.BigIntegerField(help_text="Sum of the instalments")
    terms = models.JSONField(help_text="core.money.plans.terms.Terms as a plain dict")
    needs_approval = models.TextField(blank=True, default="", help_text="Which limit it is outside of; empty: none")
    proposed_by = models.TextField()
    proposed_by_id = models.BigIntegerField(null=True, help_text="A person on the staff")
    channel = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        db_table = "arrangement"
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "replaces_id"],
                condition=models.Q(replaces_id__isnull=False),
                name="arrangement_replaced_once",
            )
        ]
        indexes = [models.Index(fields=["shard", "customer_id", "id"], name="arrangement_customer")]


class Instalment(OfCustomer):
    """One payment of an arrangement. Whether it was kept is read from the ledger."""

    arrangement_id = models.BigIntegerField()
    number = models.SmallIntegerField()
    due_date = models.DateField()
    amount_minor = models.BigIntegerField()

    class Meta:
        db_table = "instalment"
        constraints = [
            models.UniqueConstraint(fields=["shard", "arrangement_id", "number"], name="instalment_number_once")
        ]


class Agreement(OfCustomer):
    """One side says yes to exactly these terms."""

    arrangement_id = models.BigIntegerField()
    side = models.CharField(max_length=8, help_text="customer or creditor")
    said_by = models.TextField()
    said_by_id = models.BigIntegerField(null=True, help_text="A person on the staff")
    channel = models.CharField(max_length=12)
    terms_digest = models.TextField(help_text="SHA-256 of the terms that were read")
    at = models.DateTimeField()

    class Meta:
        db_table = "agreement"
        constraints = [models.UniqueConstraint(fields=["shard", "arrangement_id", "side"], name="agreement_side_once")]


class ArrangementDebt(OfCustomer):
    """A debt under an agreed arrangement, from `from_at` until `until_at`. A debt is under one at a time."""

    arrangement_id = models.BigIntegerField()
    debt_id = models.BigIntegerField()
    open_minor = models.BigIntegerField(help_text="Open when it was agreed")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "arrangement_debt"
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "debt_id"], condition=models.Q(until_at__isnull=True), name="arrangement_debt_one"
            )
        ]
        indexes = [
            models.Index(fields=["shard", "arrangement_id"], name="arrangement_debt_of"),
            models.Index(
                fields=["shard", "customer_id"],
                condition=models.Q(until_at__isnull=True),
                name="arrangement_debt_customer",
            ),
        ]


class ArrangementEnd(OfCustomer):
    """How an arrangement ended: kept, replaced, stopped (by a person), declined (never agreed)."""

    arrangement_id = models.BigIntegerField()
    outcome = models.CharField(max_length=12)
    why = models.TextField(blank=True, default="")
    ended_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "arrangement_end"
        constraints = [models.UniqueConstraint(fields=["shard", "arrangement_id"], name="arrangement_end_once")]
