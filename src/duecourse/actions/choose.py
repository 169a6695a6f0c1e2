"""The customer chooses from a menu that was made for them: terms are proposed, both sides say yes, and it binds at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from duecourse.actions.arrange import NotAgreed, Speaker, agree_both, propose
from duecourse.core.money.plans.terms import BadTerms, read
from duecourse.records.cases.arrangements import Affordability, Arrangement, Offer

HOLDS_GOOD = timedelta(days=14)
"""A menu may be chosen from for two weeks, as long as the balance has not changed."""


def choose(
    who: tuple[int, int, int], offer_id: int, place: int, *, customer: Speaker, creditor: Speaker, now: datetime,
    replaces_id: int | None = None,
) -> tuple[Arrangement, bool]:  # fmt: skip
    """The arrangement, and whether it binds (False: a second person has to allow it first). Runs in the caller's transaction.

    Raises NotAgreed where the menu is not theirs, is old, or does not fit any more.
    """
    shard, _, customer_id = who
    offer = Offer.objects.filter(shard=shard, id=offer_id, customer_id=customer_id).first()
    if offer is None or not 1 <= place <= len(offer.menu):
        raise NotAgreed("Choose one of the ways that are shown.")
    if now - offer.at > HOLDS_GOOD:
        raise NotAgreed("These choices are two weeks old. Please look at them again.")
    told = Affordability.objects.filter(shard=shard, id=offer.affordability_id).first()
    try:
        made = propose(
            who, read(offer.menu[place - 1]["terms"]), by=creditor, now=now, hardship=bool(told and told.hardship),
            offer_id=offer.id, replaces_id=replaces_id,
        )  # fmt: skip
    except BadTerms as error:
        raise NotAgreed(str(error)) from None
    return made, agree_both(made, by=customer, creditor=creditor, now=now)
