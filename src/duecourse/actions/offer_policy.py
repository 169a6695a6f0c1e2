"""A creditor's offer policy: the newest text that was set, or the one that comes with the product."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from duecourse.core.money.offers.policy import Policy, packaged, read
from duecourse.records.cases.arrangements import OfferPolicy


def policy_of(creditor_id: int) -> Policy:
    """The policy in force."""
    text = OfferPolicy.objects.filter(creditor_id=creditor_id).order_by("-id").values_list("text", flat=True).first()
    return _read(text) if text else packaged()


def set_policy(creditor_id: int, text: str, *, by: str, now: datetime) -> Policy:
    """Put another text in force; the ones before are kept. Raises BadPolicy."""
    policy = read(text)
    OfferPolicy.objects.create(creditor_id=creditor_id, text=text, set_by=by, at=now)
    return policy


@lru_cache(maxsize=256)
def _read(text: str) -> Policy:
    return read(text)
