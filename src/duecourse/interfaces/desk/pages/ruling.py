"""The receipt of one act: what was read and from where, the time there, the counts, every rule, and what bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from duecourse.core.law.overriding import why_not
from duecourse.core.law.rulebook import Rulebook
from duecourse.interfaces.dates import clock, short, stamp
from duecourse.interfaces.desk.act_words import ACTS, FRAMES
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.receipt import Spoke, spoke
from duecourse.interfaces.desk.rows import customer_url
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.reads import rulings as reads

WHYS: Final = {"wrong_person": "The address is not theirs"}


@dataclass(frozen=True, slots=True)
class Page:
    """The receipt. `aside_url` is where house rules may be asked to be set aside; empty where a rule is law."""

    id: str
    title: str
    verdict: str
    when: str
    customer: str
    customer_url: str
    asked_by: str
    places: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    held: tuple[Spoke, ...]
    kept: tuple[Spoke, ...]
    stands: tuple[str, ...]
    digest: str
    content_hash: str
    set_aside: str = ""
    aside_url: str = ""
    reason: str = ""
    fault: str = ""


@login_required
@require_safe
def page(request: HttpRequest, shard: int, ruling_id: int) -> HttpResponse:
    found = reads.ruling(shard, ruling_id)
    if found is None:
        raise Http404
    return shown(request, found)


def shown(request: HttpRequest, found: reads.Ruling, *, errors: Sequence[Fault] = ()) -> HttpResponse:
    """The page, with a request that is to be put right where there are errors."""
    here = _page(request, found, errors[0].text if errors else "")
    return show(request, "ruling", here, errors=errors, status=422 if errors else 200)


def _page(request: HttpRequest, found: reads.Ruling, fault: str) -> Page:
    book = Rulebook.load(as_of=found.at.date())
    held = [r for r in found.rules if r["outcome"] != "pass"]
    stands = tuple(f"{rule}: {why}" for rule in found.held_by if (why := why_not(rule, book)))
    aside = found.set_aside
    return Page(
        id=f"R-{found.id:x}",
        title=ACTS.get(found.act, found.act),
        verdict=_verdict(found, request.now),
        when=stamp(found.at, request.now, found.zone),
        customer=found.customer,
        customer_url=customer_url(found.shard, found.customer_id),
        asked_by=found.asked_by,
        places=tuple((_place(p), p["local"] or "its clock is not known") for p in found.places),
        counts=_counts(found.asked.get("counts", {})),
        facts=tuple((FRAMES.get(name, name), tuple(_fact(row) for row in rows)) for name, rows in found.facts.items()),
        held=tuple(spoke(r, found.at) for r in held),
        kept=tuple(spoke(r, found.at) for r in found.rules if r["outcome"] == "pass"),
        stands=stands,
        digest=f"{found.rules_digest[:4]}…{found.rules_digest[-4:]}",
        content_hash=found.content_hash,
        set_aside=f"{aside.asked_by} asked: {aside.reason} {aside.granted_by} agreed, {stamp(aside.granted_at, request.now, found.zone)}."
        if aside
        else "",
        aside_url=reverse("desk:override_ask", args=[found.shard, found.id])
        if held and not stands and not found.passed and not found.outbox_id
        else "",
        reason=request.POST.get("reason", ""),
        fault=fault,
    )


def _verdict(found: reads.Ruling, now: datetime) -> str:
    if found.passed:
        return "It went" if found.verdict == "allow" else "It went: two people set a house rule aside"
    if found.not_before:
        at = found.not_before
        return f"Not now. It opens {short(at.date(), now.date(), 'en')}, {clock(at, found.zone)}"
    why = found.asked.get("why")
    return f"It may not go{': ' + WHYS.get(why, str(why).replace('_', ' ')) if why and not found.held_by else ''}"


def _place(place: dict[str, str]) -> str:
    source = place["source"].replace("_", " ") or "place"
    return f"{source}, {place['jurisdiction'] or 'law not known'}"


def _counts(counts: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    if not counts:
        return ()
    debts = counts.get("calls_by_debt", {})
    return (
        ("Contacts in 7 days, all teams", str(counts["contacts"])),
        ("Calls in 7 days", str(counts["calls"])),
        ("Most calls about one debt", str(max(debts.values(), default=0))),
    )


def _fact(row: dict[str, Any]) -> str:
    """A row as it was read, with its time.

    >>> _fact({"medium": "call", "at": "2026-06-01T00:00:00+00:00"})
    'medium call, at 2026-06-01 00:00'
    """
    return ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in row.items())


def _plain(value: Any) -> str:
    text = str(value)
    return text[:16].replace("T", " ") if len(text) > 18 and text[10:11] == "T" else text.replace("_", " ")
