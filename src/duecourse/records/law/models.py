"""What the law asks about a customer, what the gate ruled at each exit, and who set a house rule aside."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from duecourse.records.sharded import OfCustomer


class Circumstance(OfCustomer):
    """One fact that the law may ask about, as it was told. It holds from `at` until `until_at`, or until a later row ends it."""

    kind = models.CharField(
        max_length=24, help_text="A frame of core.facts.law_schemas: consents, preferences, ceases …"
    )
    person_id = models.BigIntegerField(null=True, help_text="The `persons` row it is about; empty: the customer")
    debt_id = models.BigIntegerField(null=True, help_text="Empty: every debt")
    contact_point_id = models.BigIntegerField(null=True, help_text="Empty: every address")
    data = models.JSONField(default=dict, help_text="Further columns of the frame")
    words = models.TextField(blank=True, default="", help_text="What was said, for people; no rule reads it")
    said_by = models.TextField(help_text="Who told us: the customer, an attorney, the register …")
    source = models.CharField(max_length=16, help_text="call, letter, email, sms, portal, import, register or staff")
    recorded_by = models.TextField()
    at = models.DateTimeField(help_text="When we were told: no rule uses it for an earlier act")
    until_at = models.DateTimeField(null=True, help_text="Empty: until ended")
    ends_id = models.BigIntegerField(null=True, help_text="The earlier row that this one ends, at `at`")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "circumstance"
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "ends_id"], condition=models.Q(ends_id__isnull=False), name="circumstance_ends_once"
            ),
        ]
        indexes = [models.Index(fields=["shard", "customer_id", "id"], name="circumstance_customer")]


class ContactOutcome(OfCustomer):
    """How a contact that was begun turned out. A contact is counted from its beginning; this says what kind it became."""

    contact_id = models.BigIntegerField()
    outcome = models.CharField(max_length=24)
    conversation = models.BooleanField(help_text="The person spoke with us about it")
    discussed = ArrayField(models.BigIntegerField(), null=True, help_text="Debts spoken of; empty: all it was about")
    person_id = models.BigIntegerField(null=True)
    said_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "contact_outcome"
        indexes = [models.Index(fields=["shard", "customer_id", "contact_id"], name="contact_outcome_contact")]


class RuleOverride(OfCustomer):
    """A house rule set aside once, for one act toward one customer: who asked and why, and a second person's answer."""

    act = models.CharField(max_length=24, help_text="What may be done: call, letter …")
    rules = ArrayField(models.TextField(), help_text="Ids of the house rules set aside")
    reason = models.TextField()
    asked_by_id = models.BigIntegerField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    until_at = models.DateTimeField(help_text="Not used by then, it is void")
    decided_by_id = models.BigIntegerField(null=True)
    decided_by = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)

    class Meta:
        db_table = "rule_override"
        indexes = [
            models.Index(fields=["shard", "customer_id", "id"], name="rule_override_customer"),
            models.Index(
                fields=["asked_at"], condition=models.Q(decided_at__isnull=True), name="rule_override_waiting"
            ),
        ]


class Ruling(OfCustomer):
    """What the gate answered when something was about to leave: facts read, local times, every rule, the one that bound."""

    act = models.CharField(max_length=24, help_text="email, call, letter, agency_file, credit_bureau, court, purge …")
    verdict = models.CharField(max_length=8, help_text="allow, block or defer, as the rules said")
    passed = models.BooleanField(help_text="It went: allowed, or held by house rules only, which were set aside")
    not_before = models.DateTimeField(null=True)
    asked = models.JSONField(help_text="The act as the gate was asked about it")
    rules = models.JSONField(help_text="Every rule that applied, the binding one first")
    facts = models.JSONField(help_text="Frame → rows that were read of this customer")
    places = models.JSONField(help_text="Where the customer may be, with the local time there")
    rules_digest = models.TextField()
    outbox_id = models.BigIntegerField(null=True)
    contact_id = models.BigIntegerField(null=True)
    override_id = models.BigIntegerField(null=True)
    asked_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ruling"
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "override_id"],
                condition=models.Q(override_id__isnull=False),
                name="ruling_override_once",
            ),
        ]
        indexes = [
            models.Index(fields=["shard", "customer_id", "id"], name="ruling_customer"),
            models.Index(
                fields=["shard", "outbox_id"], condition=models.Q(outbox_id__isnull=False), name="ruling_outbox"
            ),
        ]
