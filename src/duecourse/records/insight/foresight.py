"""What is expected of each customer, who is treated how, and what was told of the weeks to come."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from duecourse.records.sharded import OfCustomer


class Outlook(OfCustomer):
    """What is expected of a customer on a day, and which customers they are like. One row a customer.

    A cache: it can be thrown away and worked out again from the book (actions.foresee). Chances are of 1; empty where too
    little is known, never made up.
    """

    as_of = models.DateField()
    model = models.TextField(help_text="Name of the approved model; empty: simple ways only")
    segment = models.CharField(max_length=24)
    segment_why = models.TextField()
    likeness = models.CharField(max_length=8, blank=True, help_text="Learned group; empty: not enough data")
    likeness_why = models.TextField()
    rests_on = models.TextField(help_text="Own invoices, few invoices, all customers, or not enough data")
    expected_date = models.DateField(null=True, help_text="Of the open invoice that is expected next")
    late_chance = models.FloatField(null=True, help_text="Highest of the invoices that are not overdue")
    pays_alone_chance = models.FloatField(null=True, help_text="What is overdue is paid in two weeks without a word")
    promise_chance = models.FloatField(null=True, help_text="A promise made now is kept")
    invoices = models.JSONField(help_text="[debt, due, from, expected, to, chance of late], soonest first")
    why = models.JSONField(help_text="Sentences about the invoice that is expected next")
    warnings = models.JSONField(help_text="[debt, signal, sentence] of invoices that are not due yet")
    written_at = models.DateTimeField()

    class Meta:
        db_table = "outlook"
        constraints = [models.UniqueConstraint(fields=["shard", "customer_id"], name="outlook_once")]


class SegmentChoice(OfCustomer):
    """A person says how this customer is treated, whatever the rules say: each customer is unique."""

    segment = models.CharField(max_length=24)
    why = models.TextField()
    placed_by = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, help_text="Empty: until ended")
    ended_by = models.TextField(blank=True, default="")

    class Meta:
        db_table = "segment_choice"
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "customer_id"], condition=models.Q(until_at__isnull=True), name="segment_choice_one"
            )
        ]
        indexes = [models.Index(fields=["shard", "customer_id", "from_at"], name="segment_choice_customer")]


class ReceiptsTold(models.Model):
    """What was told on a day of a week to come: kept as it was, so that its error can be measured (not sharded)."""

    id = models.BigAutoField(primary_key=True)
    creditor_id = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    told_on = models.DateField()
    week = models.DateField(help_text="Its first day")
    expected_minor = models.BigIntegerField()
    low_minor = models.BigIntegerField()
    high_minor = models.BigIntegerField()
    model = models.TextField(help_text="Name of the approved model; empty: simple ways only")
    at = models.DateTimeField()

    class Meta:
        db_table = "receipts_told"
        constraints = [
            models.UniqueConstraint(fields=["creditor_id", "currency", "told_on", "week"], name="receipts_told_once")
        ]


class CostSheet(models.Model):
    """What collecting costs a creditor; the newest row rules (not sharded)."""

    id = models.BigAutoField(primary_key=True)
    creditor_id = models.BigIntegerField()
    costs = models.JSONField(help_text="core.measure.costs: name → minor units or minutes")
    set_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cost_sheet"
        indexes = [models.Index(fields=["creditor_id", "-id"], name="cost_sheet_creditor")]


class DashboardMail(models.Model):
    """A person on the staff wants the dashboard by e-mail. Nobody gets it without asking."""

    id = models.BigAutoField(primary_key=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    every = models.CharField(max_length=8, help_text="day, week or month")
    asked_at = models.DateTimeField()
    last_sent_on = models.DateField(null=True, help_text="Marked before the mail goes, so that none goes twice")

    class Meta:
        db_table = "dashboard_mail"
        constraints = [
            models.CheckConstraint(condition=models.Q(every__in=["day", "week", "month"]), name="dashboard_mail_every")
        ]
