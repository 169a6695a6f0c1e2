"""Whose figures: of all creditors that this person works for, or of one of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from duecourse.records.parties.models import Creditor
from duecourse.records.reads.membership import creditors_of


@dataclass(frozen=True, slots=True)
class Whose:
    """`creditors` None means the whole installation. `chosen` is the id in the address, or empty for all."""

    creditors: list[int] | None
    name: str
    chosen: str
    choices: tuple[tuple[str, str], ...]


def whose(request: HttpRequest) -> Whose:
    """Raises Http404 for a creditor that this person does not work for: it does not exist for them."""
    known = [(str(c.pk), str(c)) for c in Creditor.objects.order_by("name")]
    chosen = request.GET.get("creditor", "")
    if chosen and chosen not in dict(known):
        raise Http404
    if chosen:
        return Whose([int(chosen)], dict(known)[chosen], chosen, tuple(known))
    mine = creditors_of(request.user)
    name = known[0][1] if len(known) == 1 else f"{len(known)} creditors"
    return Whose(None if mine == "all" else list(mine), name, "", tuple(known))
