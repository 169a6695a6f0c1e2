"""Who is owed, who owes, how they are reached, and what they agreed to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from duecourse.records.sharded import OfCustomer, Sharded


class Creditor(models.Model):
    """A business that is owed money: ourselves, or a client of an agency."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField(unique=True)
    trading_as = models.TextField(blank=True, default="")
    country = models.CharField(max_length=2, default="GB")
    currency = models.CharField(max_length=3, default="GBP")
    timezone = models.TextField(default="Europe/London")
    language = models.CharField(max_length=8, default="en")
    address = models.TextField(blank=True, default="")
    signed_by = models.TextField(blank=True, default="", help_text="The person whose name closes a letter")
    phone = models.TextField(blank=True, default="")
    phone_hours = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")
    bank_details = models.TextField(blank=True, default="")
    is_agency_client = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "creditor"

    def __str__(self) -> str:
        return self.trading_as or self.name


class Membership(models.Model):
    """A person on the staff who works for a creditor; an agency's client sees its own creditor only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    creditor = models.ForeignKey(Creditor, on_delete=models.PROTECT)
    role = models.CharField(max_length=16, default="collector")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "membership"
        constraints = [models.UniqueConstraint(fields=["user", "creditor"], name="membership_once")]


class SignInLink(models.Model):
    """A way in that opens once. Only a digest of its secret part is kept."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    digest = models.TextField(unique=True, help_text="SHA-256 of the secret part")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_link"


class Customer(Sharded):
    """A company or person in one creditor's book. `shard` comes from creditor and `ref`."""

    ref = models.TextField(help_text="The creditor's own reference")
    name = models.TextField()
    kind = models.CharField(max_length=8, default="company", help_text="company or person")
    salutation = models.TextField(blank=True, default="")
    language = models.CharField(max_length=8, default="en")
    country = models.CharField(max_length=2, blank=True, default="")
    region = models.TextField(blank=True, default="", help_text="State or province, for rules that need it")
    timezone = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "customer"
        constraints = [models.UniqueConstraint(fields=["shard", "creditor_id", "ref"], name="customer_ref_once")]


class ContactPoint(OfCustomer):
    """An e-mail address, phone number or postal address. Ended with a reason, never deleted."""

    kind = models.CharField(max_length=8, help_text="email, phone or letter")
    value = models.TextField()
    person = models.TextField(blank=True, default="")
    role = models.CharField(max_length=24, default="accounts")
    rank = models.SmallIntegerField(default=1, help_text="1 is tried first")
    line = models.CharField(
        max_length=8,
        blank=True,
        db_default="",
        default="",
        help_text="Of a phone: mobile, fixed, bad; empty: not known",
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(blank=True, default="")

    class Meta:
        db_table = "contact_point"
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "customer_id", "kind", "value"],
                condition=models.Q(ended_at__isnull=True),
                name="contact_point_once",
            )
        ]


class Consent(OfCustomer):
    """Given or withdrawn, for a channel and (where it was said of one) an address. The newest row rules."""

    channel = models.CharField(max_length=12, help_text="email, sms, phone, letter or any")
    address = models.TextField(blank=True, default="", help_text="Empty: any address of that channel")
    given = models.BooleanField()
    scope = models.TextField(default="reminders")
    source = models.TextField(help_text="Where it was said: portal, reply, call, import")
    said_by = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "consent"
        indexes = [models.Index(fields=["shard", "customer_id", "at"], name="consent_customer")]
