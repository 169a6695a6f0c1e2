"""What the customer told us that the law asks about: what holds, and a form for each kind of fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from duecourse.actions.end_circumstance import end_circumstance
from duecourse.actions.record_circumstance import SOURCES, Told, record_circumstance
from duecourse.actions.record_location import record_location
from duecourse.core.law.telling import Untold
from duecourse.interfaces.dates import stamp
from duecourse.interfaces.desk import fact_answers
from duecourse.interfaces.desk.fact_choices import DAYS
from duecourse.interfaces.desk.fact_forms import FORMS, Form, form_of
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.rows import customer_url
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.law.models import Circumstance
from duecourse.records.parties.models import ContactPoint
from duecourse.records.reads import circumstances as reads
from duecourse.records.reads.customer import CustomerPage, customer_page

SAID_BY = (
    "the customer",
    "somebody in their household",
    "their attorney",
    "their adviser",
    "the employer",
    "the creditor",
    "a register",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as it was told."""

    title: str
    text: str
    about: str
    told: str
    end_url: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The page. `form` is the kind that is being written down; `answers` what was typed so far."""

    name: str
    url: str
    back_url: str
    holding: tuple[Line, ...]
    ended: tuple[Line, ...]
    kinds: tuple[tuple[str, str, str], ...]
    form: Form | None = None
    debts: tuple[tuple[int, str], ...] = ()
    addresses: tuple[tuple[int, str], ...] = ()
    people: tuple[tuple[int, str], ...] = ()
    said_by: tuple[str, ...] = SAID_BY
    sources: tuple[tuple[str, str], ...] = tuple((k, v) for k, v in SOURCES.items() if k not in ("import", "portal"))
    days: tuple[tuple[int, str], ...] = tuple(enumerate(DAYS))
    today: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    fault_of: Mapping[str, str] = field(default_factory=dict)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, shard: int, customer_id: int) -> HttpResponse:
    """What holds, with the form of `?kind=`; a POST writes a fact down."""
    found = customer_page(shard, customer_id, now=request.now)
    form = form_of(request.GET.get("kind", ""))
    if found is None or (request.method == "POST" and form is None):
        raise Http404
    if request.method != "POST" or form is None:
        return _shown(request, found, form)
    told, faults = _told(request, found, form)
    if told is None:
        return _shown(request, found, form, faults)
    try:
        rows = _record(request, told)
    except Untold as error:
        return _shown(request, found, form, [Fault("said_by", str(error))])
    undo = reverse("desk:fact_end", args=[shard, rows[0].id]) + "?undo=1" if len(rows) == 1 else ""
    messages.success(request, f"Written down: {form.name.lower()}", extra_tags=undo)
    return redirect("desk:facts", shard, customer_id)


@login_required
@require_POST
def end(request: HttpRequest, shard: int, fact_id: int) -> HttpResponse:
    """It no longer holds, or was a slip."""
    slip = bool(request.GET.get("undo"))
    ended = end_circumstance(
        shard, fact_id, said_by="our own people" if slip else "the customer", by=_who(request), now=request.now,
        words="Taken back" if slip else "",
    )  # fmt: skip
    if ended is None:
        messages.success(request, "That had ended already")
        return redirect("desk:worklist")
    messages.success(request, "Taken back" if slip else "It no longer holds")
    return redirect("desk:facts", shard, ended.customer_id)


def _record(request: HttpRequest, told: Told) -> Sequence[Circumstance]:
    if told.kind != "locations":
        return [record_circumstance(told, now=request.now)]
    said = {name: str(told.data.get(name, "")) for name in ("country", "region", "postcode")}
    return record_location(told, **said, zone=str(told.data.get("tz", "")), now=request.now)


def _told(request: HttpRequest, found: CustomerPage, form: Form) -> tuple[Told | None, list[Fault]]:
    said = request.POST
    data, faults = fact_answers.read(form, said)
    zone = ZoneInfo(found.who.zone)
    at = until = None
    for name, edge in (("told_on", time()), ("until_on", time.max)):
        text = said.get(f"fact_{name}", "").strip()
        try:
            day = fact_answers.a_date(text) if text else None
        except ValueError as error:
            faults.append(Fault(f"fact_{name}", str(error)))
            continue
        instant = datetime.combine(day, edge, zone).astimezone(UTC) if day else None
        at, until = (instant, until) if name == "told_on" else (at, instant)
    if faults:
        return None, faults
    # A fact of today holds from now; one of an earlier day from the start of that day.
    same_day = at is not None and at.astimezone(zone).date() == request.now.astimezone(zone).date()
    ids = {name: int(said[name]) if said.get(name, "").isdecimal() else None for name in ("debt", "address", "person")}
    return Told(
        shard=found.who.shard,
        creditor_id=found.who.creditor_id,
        customer_id=found.who.id,
        kind=form.kind,
        said_by=said.get("said_by", ""),
        source=said.get("source", ""),
        recorded_by=_who(request),
        data=data,
        words=said.get("words", "")[:2000],
        person_id=ids["person"] if form.of_person else None,
        debt_id=ids["debt"] if form.of_debt else None,
        point_id=ids["address"] if form.of_address else None,
        at=None if same_day else at,
        until=until,
    ), []


def _shown(request: HttpRequest, found: CustomerPage, form: Form | None, faults: Sequence[Fault] = ()) -> HttpResponse:
    who, now = found.who, request.now
    facts = reads.facts(who.shard, who.id, now=now)
    url = reverse("desk:facts", args=[who.shard, who.id])
    points = ContactPoint.objects.filter(shard=who.shard, customer_id=who.id).order_by("kind", "rank", "id")
    here = Facts(
        name=who.name,
        url=url,
        back_url=customer_url(who.shard, who.id),
        holding=tuple(line(f, now, who.zone) for f in facts if f.holds(now)),
        ended=tuple(line(f, now, who.zone) for f in facts if not f.holds(now)),
        kinds=tuple((f"{url}?kind={f.kind}#fact", f.name, f.hint) for f in FORMS),
        form=form,
        debts=tuple((d.id, d.ref) for d in found.debts),
        addresses=tuple((p.id, p.value + (" (no longer in use)" if p.ended_at else "")) for p in points),
        people=tuple((f.id, f.words or f.data["relation"]) for f in facts if f.kind == "persons" and f.holds(now)),
        today=now.astimezone(ZoneInfo(who.zone)).date().isoformat(),
        answers=request.POST.dict(),
        fault_of={f.field: f.text for f in faults},
    )
    return show(request, "facts", here, errors=faults, status=422 if faults else 200)


def line(fact: reads.Fact, now: datetime, zone: str) -> Line:
    """A fact in words."""
    form = form_of(fact.kind)
    about = ", ".join(part for part in (fact.debt, fact.address, fact.person) if part)
    ended = (
        f" Until {stamp(fact.until, now, zone)}{', by ' + fact.ended_by if fact.ended_by else ''}."
        if fact.until
        else ""
    )
    source = SOURCES.get(fact.source, fact.source).lower()
    if fact.kind == "locations":
        text = f"{fact.data['jurisdiction']}, clock of {fact.data['tz']}"
    else:
        text = fact_answers.words(form, fact.data) if form else ""
    return Line(
        title=form.name if form else fact.kind,
        text=text,
        about=about,
        told=f"Said by {fact.said_by}, {source}, {stamp(fact.at, now, zone)}. Written down by {fact.recorded_by}.{ended}",
        end_url=reverse("desk:fact_end", args=[fact.shard, fact.id]) if fact.holds(now) else "",
        quote=fact.words,
    )


def _who(request: HttpRequest) -> str:
    return request.user.get_full_name() or request.user.get_username()
