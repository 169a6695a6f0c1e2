"""Which creditor a command is about, by name."""

from __future__ import annotations

from duecourse.site.trouble import Trouble


def creditor_ids(name: str | None) -> list[int] | None:
    """The ids of the creditor with this name, or None for all. Raises `Trouble` where there is no such creditor."""
    if name is None:
        return None
    from django.db.models import Q

    from duecourse.records.parties.models import Creditor
    from duecourse.records.tenancy import scope

    with scope("all"):
        found = list(
            Creditor.objects.filter(Q(name__iexact=name) | Q(trading_as__iexact=name)).values_list("id", flat=True)
        )
        known = list(Creditor.objects.order_by("name").values_list("name", flat=True)[:20])
    if not found:
        mend = (
            f"Known: {', '.join(known)}." if known else "The book is empty: read some invoices with `duecourse import`."
        )
        raise Trouble(f"There is no creditor named “{name}”.", mend)
    return found
