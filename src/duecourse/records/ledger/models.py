"""Double entry in integer minor units. Nothing here is ever changed; a mistake is mended by another entry."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from duecourse.records.sharded import OfCustomer


class Debt(OfCustomer):
    """An invoice, loan or fine. `open_minor` is kept by the ledger's trigger and is the one open balance."""

    ref = models.TextField(help_text="Invoice number")
    kind = models.CharField(max_length=16, default="invoice")
    description = models.TextField(blank=True, default="")
    purchase_order = models.TextField(blank=True, default="")
    issued_date = models.DateField()
    due_date = models.DateField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(help_text="As issued")
    open_minor = models.BigIntegerField(db_default=0)
    round = models.SmallIntegerField(default=1, help_text="Rises when the clock is restarted")
    created_at = models.DateTimeField()
    closed_date = models.DateField(null=True, help_text="When the ledger brought it to zero; kept by the trigger")

    class Meta:
        db_table = "debt"
        constraints = [
            models.UniqueConstraint(fields=["shard", "creditor_id", "customer_id", "ref"], name="debt_ref_once")
        ]
        indexes = [
            models.Index(fields=["shard", "customer_id"], name="debt_customer"),
            models.Index(fields=["shard", "closed_date"], name="debt_closed"),
        ]


class Entry(OfCustomer):
    """One event in money: invoice, payment, credit note, refund, write-off. Its legs sum to zero."""

    kind = models.CharField(max_length=24)
    booked_date = models.DateField(help_text="The civil date in the creditor's zone")
    posted_at = models.DateTimeField()
    currency = models.CharField(max_length=3)
    key = models.TextField(help_text="Names the event; the same key is never posted twice")
    memo = models.TextField(blank=True, default="")
    hash = models.BinaryField(db_default=b"")

    class Meta:
        db_table = "entry"
        constraints = [models.UniqueConstraint(fields=["shard", "key"], name="entry_key_once")]
        indexes = [models.Index(fields=["shard", "customer_id", "booked_date"], name="entry_customer")]


class Leg(OfCustomer):
    """A signed amount on an account: `receivable` (of a debt), `sales`, `cash`, `unmatched`, `writeoff`, ..."""

    entry_id = models.BigIntegerField()
    account = models.CharField(max_length=16)
    debt_id = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    hash = models.BinaryField(db_default=b"")

    class Meta:
        db_table = "leg"
        indexes = [
            models.Index(fields=["shard", "entry_id"], name="leg_entry"),
            models.Index(fields=["shard", "debt_id"], condition=models.Q(debt_id__isnull=False), name="leg_debt"),
        ]


class Credit(models.Model):
    """Money of a customer that no debt has taken yet, per currency; kept by the ledger's trigger."""

    pk = models.CompositePrimaryKey("shard", "customer_id", "currency")
    shard = models.SmallIntegerField()
    customer_id = models.BigIntegerField()
    creditor_id = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()

    class Meta:
        db_table = "credit"


class Block(models.Model):
    """A link of a shard's hash chain: covers the legs that one statement wrote, in order of id."""

    pk = models.CompositePrimaryKey("shard", "seq")
    shard = models.SmallIntegerField()
    seq = models.BigIntegerField()
    leg_ids = ArrayField(models.BigIntegerField())
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "block"


class Payment(OfCustomer):
    """A payment asked of a gateway. `state` follows `payment_event` rows and never leaves `succeeded` backwards."""

    gateway = models.CharField(max_length=24)
    gateway_ref = models.TextField(blank=True, default="")
    pay_link_id = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    debts = models.JSONField(default=list, help_text="Debt ids the customer chose, in order; empty: oldest due first")
    key = models.TextField(help_text="Idempotency key sent to the gateway")
    state = models.CharField(
        max_length=12, default="new", help_text="new, pending, succeeded, failed, refunded, disputed"
    )
    return_url = models.TextField(blank=True, default="")
    redirect_url = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "payment"
        constraints = [
            models.UniqueConstraint(fields=["shard", "key"], name="payment_key_once"),
            models.UniqueConstraint(
                fields=["shard", "customer_id", "currency"],
                condition=models.Q(state__in=["new", "pending"]),
                name="payment_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["gateway", "gateway_ref"], name="payment_gateway_ref"),
            models.Index(
                fields=["state", "updated_at"], condition=models.Q(state__in=["new", "pending"]), name="payment_open"
            ),
            models.Index(fields=["updated_at"], condition=models.Q(state="failed"), name="payment_failed"),
            models.Index(fields=["shard", "customer_id"], name="payment_customer"),
        ]


class PaymentEvent(models.Model):
    """What a gateway said, once per gateway and event id, in whatever order it came."""

    id = models.BigAutoField(primary_key=True)
    gateway = models.CharField(max_length=24)
    event_id = models.TextField()
    kind = models.CharField(max_length=16, help_text="One of core.money.payment.Kind")
    said = models.TextField(blank=True, default="", help_text="The gateway's own word; `asked` where we asked")
    gateway_ref = models.TextField(blank=True, default="")
    part_ref = models.TextField(blank=True, default="", help_text="The refund or dispute it is about")
    currency = models.CharField(max_length=3, blank=True, default="")
    amount_minor = models.BigIntegerField(null=True)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    shard = models.SmallIntegerField(null=True)
    payment_id = models.BigIntegerField(null=True)
    creditor_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "payment_event"
        constraints = [models.UniqueConstraint(fields=["gateway", "event_id"], name="payment_event_once")]
        indexes = [
            models.Index(fields=["gateway", "gateway_ref"], name="payment_event_ref"),
            models.Index(fields=["shard", "payment_id"], name="payment_event_payment"),
        ]


class PayLink(OfCustomer):
    """A narrow capability: see and pay what one customer owes one creditor. The secret part is a signature, not stored."""

    outbox_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "pay_link"
        indexes = [models.Index(fields=["shard", "customer_id"], name="pay_link_customer")]
