"""What a customer says is wrong: who answers, by when, with what outcome. And what a second person has to allow."""

from __future__ import annotations

from django.db import models

from duecourse.records.sharded import OfCustomer


class Dispute(OfCustomer):
    """A disagreement about one debt, or about all of them. Open until an outcome is written; the clock is `answer_by`."""

    debt_id = models.BigIntegerField(null=True, help_text="Empty: every debt")
    reason = models.CharField(max_length=16, help_text="core.money.reasons: amount, goods, paid, not_me, no_invoice …")
    words = models.TextField(blank=True, default="")
    form = models.CharField(max_length=12, help_text="portal, email, phone, letter, sms or api")
    received_date = models.DateField(help_text="When it reached us, where the creditor is")
    opened_by = models.TextField()
    opened_at = models.DateTimeField()
    answer_by = models.DateField()
    hold_id = models.BigIntegerField()
    owner = models.TextField(blank=True, default="")
    outcome = models.CharField(max_length=12, blank=True, default="", help_text="upheld, partly, rejected, withdrawn")
    adjusted_minor = models.BigIntegerField(default=0, help_text="Taken off the debt by its outcome")
    answer = models.TextField(blank=True, default="", help_text="What we told the customer")
    closed_by = models.TextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dispute"
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "customer_id", "debt_id", "reason"],
                condition=models.Q(closed_at__isnull=True),
                nulls_distinct=False,
                name="dispute_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["shard", "customer_id", "id"], name="dispute_customer"),
            models.Index(fields=["answer_by"], condition=models.Q(closed_at__isnull=True), name="dispute_waiting"),
        ]


class Evidence(OfCustomer):
    """Something brought to a dispute: words, or a file by its digest."""

    dispute_id = models.BigIntegerField()
    brought_by = models.TextField()
    words = models.TextField(blank=True, default="")
    file_name = models.TextField(blank=True, default="")
    media_type = models.TextField(blank=True, default="")
    size_bytes = models.BigIntegerField(null=True)
    sha256 = models.TextField(blank=True, default="", help_text="Names the file in the data folder")
    at = models.DateTimeField()

    class Meta:
        db_table = "evidence"
        indexes = [models.Index(fields=["shard", "dispute_id"], name="evidence_dispute")]


class Approval(OfCustomer):
    """Something that one person asks for and another decides: terms outside the limits, a write-off."""

    act = models.CharField(max_length=16, help_text="arrangement, write_off or refund")
    subject_id = models.BigIntegerField(help_text="The arrangement, debt or payment")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    reason = models.TextField()
    asked_by_id = models.BigIntegerField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField(null=True)
    decided_by = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)

    class Meta:
        db_table = "approval"
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "act", "subject_id"],
                condition=models.Q(decided_at__isnull=True),
                name="approval_asked_once",
            )
        ]
        indexes = [
            models.Index(fields=["shard", "customer_id", "id"], name="approval_customer"),
            models.Index(fields=["asked_at"], condition=models.Q(decided_at__isnull=True), name="approval_waiting"),
        ]
