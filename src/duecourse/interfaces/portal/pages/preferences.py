"""How you like to hear from us: by which ways, at which times, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duecourse.actions.hear_customer import Caller
from duecourse.actions.set_preferences import (
    LANGUAGES,
    MEDIA,
    PARTS,
    NothingLeft,
    Preferences,
    preferences,
    set_preferences,
)
from duecourse.interfaces.portal.entrance import Visit, through_link, with_second_fact
from duecourse.interfaces.portal.fault import Fault
from duecourse.interfaces.portal.pages.ask import Thanks


@dataclass(frozen=True, slots=True)
class Tick:
    """A box: its value, its words, and whether it is ticked."""

    value: str
    name: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The page."""

    token: str
    ways: tuple[Tick, ...]
    parts: tuple[Tick, ...]
    languages: tuple[Tick, ...]
    fault_of: dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
@through_link
@with_second_fact
def page(visit: Visit) -> HttpResponse:
    caller = Caller(visit.opened.shard, visit.opened.creditor_id, visit.opened.customer_id)
    now, form = visit.request.now, visit.request.POST
    if visit.request.method != "POST":
        return show(visit, preferences(caller, now=now))
    language = form.get("language", "")
    wished = Preferences(
        frozenset(form.getlist("not_by")) & set(MEDIA),
        frozenset(form.getlist("not_at")) & PARTS.keys(),
        language if language in LANGUAGES else "en",
    )
    try:
        set_preferences(caller, wished, now=now)
    except NothingLeft as fault:
        words = {
            "not_by": _("Leave us one way to reach you. You can also stop our emails."),
            "not_at": _("Leave one part of the day."),
        }
        return show(visit, wished, [Fault(fault.what, words[fault.what])])
    thanks = Thanks(
        _("Thank you. We keep to that."),
        (_("It holds from now on, for all our teams."), _("You can change it here at any time.")),
        visit.token,
    )
    return render(visit.request, "portal/thanks.html", {"sender": visit.sender, "page": thanks})


def show(visit: Visit, chosen: Preferences, errors: Sequence[Fault] = ()) -> HttpResponse:
    context = {"sender": visit.sender, "page": shown(visit.token, chosen, errors), "errors": errors}
    return render(visit.request, "portal/preferences.html", context, status=422 if errors else 200)


def shown(token: str, chosen: Preferences, errors: Sequence[Fault] = ()) -> Shown:
    """The boxes, with what was chosen."""
    ways = {"call": _("Phone calls"), "sms": _("Texts"), "email": _("Emails"), "letter": _("Letters")}
    parts = {
        "morning": _("Mornings, until 12"),
        "afternoon": _("Afternoons, from 12 to 5"),
        "evening": _("Evenings, after 5"),
    }
    tongues = {"en": "English", "es": "Español", "de": "Deutsch", "fr": "Français"}
    return Shown(
        token,
        tuple(Tick(w, ways[w], w in chosen.not_by) for w in MEDIA),
        tuple(Tick(p, parts[p], p in chosen.not_at) for p in PARTS),
        tuple(Tick(t, tongues[t], t == chosen.language) for t in LANGUAGES),
        {e.field: e.text for e in errors},
    )
