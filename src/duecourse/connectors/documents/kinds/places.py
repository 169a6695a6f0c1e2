"""Where the items of a validation notice stand: the values that its text must print, by name (core.law.rendered)."""

from __future__ import annotations

from duecourse.connectors.documents.kinds.validation import Validation
from duecourse.connectors.documents.saying import Letterhead, Money, Saying


def places(head: Letterhead, debt: Validation) -> dict[str, str]:
    """Value by name, in the words of the notice's language."""
    say = Saying(head)
    amounts = {
        "on_date": debt.on_date_minor,
        "interest": debt.interest_minor,
        "fees": debt.fees_minor,
        "payments": debt.payments_minor,
        "credits": debt.credits_minor,
        "now": debt.now_minor,
    }
    return {
        "end": say.day(debt.end_on),
        "since": say.day(debt.itemization_on),
        "collector": head.sender.name,
        "collector_address": " ".join(head.sender.lines[1:]),
        "consumer": head.to.name,
        "consumer_address": " ".join(head.to.lines[1:]),
        "account": debt.account,
        "creditor": debt.creditor,
        **{f"{name}_amount": say.money(Money(minor, debt.currency)) for name, minor in amounts.items()},
    }
