"""States of a case. Each is a row that says who, why, from and until; none is a flag."""

from __future__ import annotations

from django.db import models

from duecourse.records.sharded import OfCustomer


class Hold(OfCustomer):
    """An interval [from_at, until_at) in which a customer, or one debt, is not chased."""

    debt_id = models.BigIntegerField(null=True, help_text="Empty: the whole customer")
    kind = models.CharField(
        max_length=16, help_text="dispute, hardship, complaint, ticket, plan, promise, pause, insolvency, wrong_person"
    )
    reason = models.TextField(blank=True, default="")
    placed_by = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, help_text="Empty: until lifted")
    review_date = models.DateField(null=True)
    lifted_by = models.TextField(blank=True, default="")
    lifted_why = models.TextField(blank=True, default="")

    class Meta:
        db_table = "hold"
        indexes = [models.Index(fields=["shard", "customer_id", "from_at"], name="hold_customer")]


class Promise(OfCustomer):
    """A promise to pay. Kept or broken is read from the ledger, with a day of grace."""

    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    by_date = models.DateField()
    channel = models.CharField(max_length=12)
    taken_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "promise"
        indexes = [models.Index(fields=["shard", "customer_id", "by_date"], name="promise_customer")]


class Task(OfCustomer):
    """Something for a person to do. Closed with an outcome, never deleted."""

    kind = models.CharField(max_length=24)
    title = models.TextField()
    detail = models.TextField(blank=True, default="")
    key = models.TextField(help_text="The same key opens one task only")
    due_at = models.DateTimeField(null=True)
    owner = models.TextField(blank=True, default="")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True, default="")
    outcome = models.TextField(blank=True, default="")

    class Meta:
        db_table = "task"
        constraints = [models.UniqueConstraint(fields=["shard", "customer_id", "key"], name="task_once")]
        indexes = [
            models.Index(fields=["shard", "opened_at"], condition=models.Q(closed_at__isnull=True), name="task_open")
        ]


class Note(OfCustomer):
    """What a person on the staff heard or did."""

    author = models.TextField()
    text = models.TextField(blank=True, default="", help_text="Empty where it is sealed")
    sealed = models.BinaryField(null=True, help_text="The text, encrypted: sensitive, seen by role")
    at = models.DateTimeField()

    class Meta:
        db_table = "note"
        indexes = [models.Index(fields=["shard", "customer_id", "at"], name="note_customer")]
