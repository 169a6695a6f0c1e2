"""Customers who may be texted, and a playbook that texts them."""

from __future__ import annotations

from duecourse.core.decide.playbook import packaged, read

AGREED = "07700 900123"


def playbook():
    """The packaged one, whose every step goes by text."""
    text = packaged("polite@2").text.replace('channels = ["email"]', 'channels = ["sms"]')
    return read(text.replace('name = "polite"', 'name = "texts"'))


def customer(number: str = AGREED, *, agreed: bool = True, **more):
    """A customer with a phone, and leave to text it."""
    from duecourse.actions.consent import Said, give
    from duecourse.records.models import ContactPoint
    from duecourse.records.tenancy import scope
    from tests import making

    made = making.customer(email=None, **more)
    of = {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}
    with scope("all"):
        ContactPoint.objects.create(**of, kind="phone", value=number, created_at=making.NOW)
        if agreed:
            give(Said(**of, channel="sms", source="call", address=number, said_by="them"), now=making.NOW)
    return made
