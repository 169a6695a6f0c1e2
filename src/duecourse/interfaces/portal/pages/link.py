"""The first page of a link: amount and payee only. The rest needs one thing that we both know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from duecourse.interfaces.money import Money
from duecourse.interfaces.portal.entrance import Visit, through_link
from duecourse.interfaces.portal.fault import Fault
from duecourse.interfaces.portal.owes import due_by, owed, settled, today


@dataclass(frozen=True, slots=True)
class Landing:
    """Shows nothing personal and nothing about the debt but its amount."""

    token: str
    owed: tuple[Money, ...]
    due_by: date | None
    today: date
    known: str = ""


@require_safe
@through_link
def page(visit: Visit) -> HttpResponse:
    return redirect("portal:owed", visit.token) if visit.known else landing(visit)


def landing(visit: Visit, typed: str = "", errors: Sequence[Fault] = ()) -> HttpResponse:
    """The landing page, with what was typed kept."""
    amounts = owed(visit)
    if not amounts:
        return settled(visit)
    shown = Landing(visit.token, amounts, due_by(visit), today(visit), typed)
    return render(visit.request, "portal/link.html", {"sender": visit.sender, "page": shown, "errors": errors})
