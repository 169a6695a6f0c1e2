"""What was decided and why, what was to go out, and what the world answered."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from duecourse.records.sharded import OfCustomer


class Run(models.Model):
    """One day decided. `playbook_text` and `rules_digest` are kept, so that the run can be decided again."""

    id = models.BigAutoField(primary_key=True)
    as_of = models.DateField()
    decided_at = models.DateTimeField(help_text="The instant the facts are taken at")
    playbook = models.TextField()
    playbook_text = models.TextField()
    rules_digest = models.TextField()
    trial_id = models.BigIntegerField(null=True, help_text="The trial by lot that ran beside it")
    code_version = models.TextField()
    state = models.CharField(max_length=10, default="running", help_text="running, done or failed")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "run"
        constraints = [models.UniqueConstraint(fields=["decided_at", "playbook"], name="run_once")]


class RunPart(models.Model):
    """A shard range of a run: done in one transaction with its decisions, or not at all."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="parts")
    first_shard = models.SmallIntegerField()
    last_shard = models.SmallIntegerField()
    customers = models.IntegerField(default=0)
    contacts = models.IntegerField(default=0)
    tasks = models.IntegerField(default=0)
    digest = models.TextField(blank=True, default="", help_text="SHA-256 of the decision frame")
    finished_at = models.DateTimeField()

    class Meta:
        db_table = "run_part"
        constraints = [models.UniqueConstraint(fields=["run", "first_shard"], name="run_part_once")]


class Decision(OfCustomer):
    """Why a contact (or a task) was planned. Decisions to do nothing are in the run's Parquet frame."""

    run_id = models.BigIntegerField()
    verdict = models.CharField(max_length=12)
    step = models.CharField(max_length=24)
    channel = models.CharField(max_length=12)
    segment = models.CharField(max_length=24)
    not_before = models.DateTimeField(null=True)
    reasons = models.JSONField(help_text="Weighted reasons in words")
    rules = models.JSONField(help_text="Rules that spoke: id, citation, version, outcome, detail")
    arm = models.CharField(max_length=8, db_default="", help_text="Of the trial that ran: now or new; else empty")
    propensity = models.FloatField(db_default=1.0, help_text="The chance with which the arm was drawn")

    class Meta:
        db_table = "decision"
        indexes = [models.Index(fields=["shard", "customer_id", "id"], name="decision_customer")]


class Outbox(OfCustomer):
    """One intended message. The row that is due is the job."""

    run_id = models.BigIntegerField(null=True)
    decision_id = models.BigIntegerField(null=True)
    key = models.TextField(help_text="One send per customer, step, round and channel")
    channel = models.CharField(max_length=12)
    contact_point_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=16, default="reminder", help_text="reminder, receipt or service")
    template = models.CharField(max_length=40)
    step = models.CharField(max_length=24, blank=True, default="")
    context = models.JSONField(default=dict, help_text="What only this message knows, such as a payment's id")
    state = models.CharField(max_length=10, default="due", help_text="due, marked, sent, refused, failed, uncertain")
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    why = models.TextField(blank=True, default="", help_text="Why it was refused, deferred or failed")

    class Meta:
        db_table = "outbox"
        constraints = [models.UniqueConstraint(fields=["shard", "key"], name="outbox_key_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="due"), name="outbox_due"),
            models.Index(
                fields=["state"], condition=models.Q(state__in=["marked", "uncertain"]), name="outbox_in_doubt"
            ),
            models.Index(fields=["shard", "customer_id"], name="outbox_customer"),
            models.Index(fields=["-changed_at"], name="outbox_recent"),
        ]


class Reminder(OfCustomer):
    """This debt was named at this step by that outbox row."""

    outbox_id = models.BigIntegerField()
    debt_id = models.BigIntegerField()
    round = models.SmallIntegerField()
    step = models.SmallIntegerField(help_text="The step's place in the playbook; a later step is larger")
    channel = models.CharField(max_length=12)
    void = models.BooleanField(default=False, help_text="The message was refused: the step is not used up")

    class Meta:
        db_table = "reminder"
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "debt_id", "round", "step", "channel"],
                condition=models.Q(void=False),
                name="reminder_once",
            )
        ]
        indexes = [models.Index(fields=["shard", "outbox_id"], name="reminder_outbox")]


class Message(OfCustomer):
    """What was rendered, exactly as it left (or would have left, in the sandbox)."""

    outbox_id = models.BigIntegerField()
    message_id = models.TextField()
    recipient = models.TextField()
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField()
    content_hash = models.TextField()
    template_version = models.TextField()
    rendered_at = models.DateTimeField()

    class Meta:
        db_table = "message"
        indexes = [
            models.Index(fields=["shard", "outbox_id"], name="message_outbox"),
            models.Index(fields=["message_id"], name="message_message_id"),
        ]


class Attempt(OfCustomer):
    """The durable mark before a call that may send. Nothing is called without one; none is called twice."""

    outbox_id = models.BigIntegerField()
    number = models.SmallIntegerField(help_text="One more than the attempts that certainly sent nothing")
    worker = models.BigIntegerField(help_text="Advisory lock held by the worker while it lives")
    sandbox = models.BooleanField()
    marked_at = models.DateTimeField()
    key_until_at = models.DateTimeField(
        null=True, help_text="Until then the provider knows the message by its key again"
    )

    class Meta:
        db_table = "attempt"
        constraints = [models.UniqueConstraint(fields=["shard", "outbox_id", "number"], name="attempt_once")]


class Receipt(OfCustomer):
    """What was said of a message after its mark: accepted, refused, not_sent, unknown; later delivered, bounced, complained."""

    outbox_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    detail = models.TextField(blank=True, default="")
    said_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "receipt"
        indexes = [models.Index(fields=["shard", "outbox_id"], name="receipt_outbox")]


class Contact(OfCustomer):
    """A contact that took place, either way, by any team and channel. Frequency rules count these."""

    outbox_id = models.BigIntegerField(null=True)
    contact_point_id = models.BigIntegerField(null=True)
    debts = ArrayField(models.BigIntegerField(), null=True, help_text="Empty: none in particular, counted for each")
    channel = models.CharField(max_length=12)
    direction = models.CharField(max_length=4, help_text="out or in")
    purpose = models.CharField(max_length=16)
    outcome = models.CharField(max_length=24, default="")
    team = models.CharField(max_length=16, default="collections")
    summary = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "contact"
        indexes = [models.Index(fields=["shard", "customer_id", "at"], name="contact_customer")]


class SendingMode(models.Model):
    """Going live is a deliberate act: the newest row rules; no row means sandbox."""

    id = models.BigAutoField(primary_key=True)
    live = models.BooleanField()
    who = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "sending_mode"


class ImportFile(models.Model):
    """A file on its way into the book, with how it is read and how far it has come."""

    id = models.BigAutoField(primary_key=True)
    creditor_id = models.BigIntegerField()
    name = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.TextField()
    path = models.TextField(help_text="Relative to the data folder")
    source = models.TextField(blank=True, default="", help_text="Header fingerprint: answers are remembered per source")
    mapping = models.JSONField(default=dict)
    conventions = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="new", help_text="new, asking, ready, loading, done or refused")
    rows = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    next_row = models.IntegerField(default=0, help_text="Rows before this one are committed")
    summary = models.JSONField(default=dict)
    uploaded_by = models.TextField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "import_file"
        indexes = [models.Index(fields=["creditor_id", "source"], name="import_file_source")]
