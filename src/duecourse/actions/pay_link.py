"""Pay links: a signed, expiring, revocable capability to see and pay what one customer owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from duecourse.records.ledger.models import PayLink
from duecourse.records.tenancy import scope

LIFE = timedelta(days=120)
"""A link outlives the message by this much at most; afterwards a fresh one goes to the address we know."""

_signer = signing.Signer(salt="duecourse.pay-link", sep=".")


class BadLink(ValueError):
    """Not a link of ours, or one that no longer opens. `kind` is unknown, expired or revoked."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Opened:
    """What a link opens: one customer of one creditor."""

    creditor_id: int
    shard: int
    link_id: int
    customer_id: int
    outbox_id: int | None


def token(creditor_id: int, shard: int, link_id: int) -> str:
    """The secret part of an address: ids and a signature over them; nothing personal."""
    return _signer.sign(f"{creditor_id:x}-{shard:x}-{link_id:x}")


def open_link(token: str, *, now: datetime) -> Opened:
    """The customer a link opens. Raises BadLink."""
    row = _row(token)
    if row.revoked_at is not None:
        raise BadLink("revoked")
    if row.expires_at <= now:
        raise BadLink("expired")
    return _opened(row)


def asks_anew(token: str) -> Opened:
    """The customer of a link that has run out, so that a person may send a new one. Raises BadLink."""
    row = _row(token)
    if row.revoked_at is not None:
        raise BadLink("revoked")
    return _opened(row)


def _row(token: str) -> PayLink:
    try:
        creditor_id, shard, link_id = (int(part, 16) for part in _signer.unsign(token).split("-"))
    except (signing.BadSignature, ValueError):
        raise BadLink("unknown") from None
    with scope([creditor_id]):
        row = PayLink.objects.filter(shard=shard, id=link_id).first()
    if row is None:
        raise BadLink("unknown")
    return row


def _opened(row: PayLink) -> Opened:
    return Opened(row.creditor_id, row.shard, row.id, row.customer_id, row.outbox_id)
