"""What came in: one row a message whatever its channel, the customers that it is about, and calls of other systems."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from duecourse.records.sharded import OfCustomer, Sharded


class Inbound(Sharded):
    """A message that reached us. Its words never change; who took it and how it ended is written once.

    `shard` comes from creditor and `external_id`, so that the same message twice is one row. `creditor_id` 0: nobody's
    yet, seen by an owner of the installation only.
    """

    channel = models.CharField(max_length=12, help_text="email, sms, portal or call_note")
    external_id = models.TextField(help_text="Message-ID, the provider's id, or ours")
    sender = models.TextField(blank=True, default="", help_text="Address or number; empty where a person wrote it down")
    recipient = models.TextField(blank=True, default="")
    subject = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="", help_text="As said, capped; empty where it is sealed")
    sealed = models.BinaryField(null=True, help_text="Subject, text and quotes, encrypted: sensitive, seen by role")
    trimmed = models.BooleanField(default=False, help_text="More came than is kept")
    attachments = models.JSONField(default=list, help_text="name, media_type, size, sha256, kept and why not")
    automatic = models.BooleanField(default=False, help_text="A machine wrote it: an absence note, an acknowledgement")
    labels = ArrayField(models.TextField(), help_text="core.language.listen.Label")
    urgent = models.BooleanField(default=False, help_text="Life or danger now")
    confidence = models.JSONField(default=dict)
    evidence = models.JSONField(default=list, help_text="label and quote; empty where it is sealed")
    language = models.CharField(max_length=8, blank=True, default="")
    heard_by = models.TextField(blank=True, default="", help_text="Which listener; empty where none could")
    received_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True, help_text="Service level; empty where nobody waits for an answer")
    taken_by = models.TextField(blank=True, default="")
    taken_at = models.DateTimeField(null=True, help_text="A person has it: time to a human ends here")
    handled_by = models.TextField(blank=True, default="")
    handled_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, default="", help_text="What was done: codes of core.language.replies")

    class Meta:
        db_table = "inbound"
        constraints = [
            models.UniqueConstraint(fields=["shard", "creditor_id", "channel", "external_id"], name="inbound_once")
        ]
        indexes = [
            models.Index(fields=["-received_at"], condition=models.Q(handled_at__isnull=True), name="inbound_waiting"),
            models.Index(fields=["-received_at", "-id"], name="inbound_newest"),
        ]


class InboundAbout(OfCustomer):
    """A message is about this customer, and how we know. A message may be about two; ended where it was a mistake."""

    inbound_shard = models.SmallIntegerField()
    inbound_id = models.BigIntegerField()
    how = models.CharField(max_length=12, help_text="reference, thread, address or person")
    outbox_id = models.BigIntegerField(null=True, help_text="The message of ours that it answers")
    said_by = models.TextField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inbound_about"
        constraints = [
            models.UniqueConstraint(fields=["shard", "customer_id", "inbound_id"], name="inbound_about_once")
        ]
        indexes = [
            models.Index(fields=["inbound_id"], name="inbound_about_inbound"),
            models.Index(fields=["shard", "customer_id", "-at"], name="inbound_about_customer"),
        ]


class Ticket(OfCustomer):
    """A question or complaint that somebody else answers. While it is open nobody chases; its outcome is told once."""

    system = models.TextField(help_text="desk, email, or the name of a system in tickets.toml")
    external_id = models.TextField()
    kind = models.CharField(max_length=12, help_text="ticket or complaint")
    opened_by = models.TextField()
    opened_at = models.DateTimeField()
    hold_id = models.BigIntegerField(null=True)
    heard_at = models.DateTimeField(help_text="When the other system last changed it: older news is left alone")
    closed_by = models.TextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, default="", help_text="In words for the customer; may stay empty")
    told_outbox_id = models.BigIntegerField(null=True, help_text="The message that mentioned the outcome")

    class Meta:
        db_table = "ticket"
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "customer_id", "system", "external_id"],
                condition=models.Q(closed_at__isnull=True),
                name="ticket_open_once",
            )
        ]
        indexes = [models.Index(fields=["shard", "customer_id", "id"], name="ticket_customer")]


class HookCall(models.Model):
    """A signed call of another system that was taken in: the same one again is a replay."""

    id = models.BigAutoField(primary_key=True)
    source = models.TextField()
    digest = models.TextField(help_text="SHA-256 of what was signed, with its signature")
    at = models.DateTimeField()

    class Meta:
        db_table = "hook_call"
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="hook_call_once")]
