"""The customer's page: what is owed, the story, the call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from duecourse.actions.hold import KINDS
from duecourse.actions.note import OUTCOMES
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import brief, short, stamp
from duecourse.interfaces.desk import rows
from duecourse.interfaces.desk.expected import Card, card
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.pages.calling import OPEN
from duecourse.interfaces.desk.pages.facts import Line, line
from duecourse.interfaces.desk.pages.worklist import Filter
from duecourse.interfaces.desk.story import Teller, Told
from duecourse.interfaces.desk.ways_out import WaysOut, ways_out
from duecourse.interfaces.instruments import Budget, Hours, Way
from duecourse.interfaces.money import Money
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.reads.allowed import allowed
from duecourse.records.reads.circumstances import facts as told_facts
from duecourse.records.reads.customer import CustomerPage, OpenDebt, PromiseState, RunningHold, customer_page
from duecourse.records.reads.customer import Point as Address
from duecourse.records.reads.row_facts import RowFacts, row_facts
from duecourse.records.reads.rulings import begun_call
from duecourse.records.reads.timeline import timeline

STORY = 30
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class DebtLine:
    id: int
    ref: str
    open: Money
    about: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A hold on top of the page: what, why, who placed it, when we look again."""

    what: str
    why: str
    lift_url: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TaskLine:
    title: str
    note: str
    words: str
    close_url: str


@dataclass(frozen=True, slots=True)
class PromiseLine:
    amount: Money
    about: str


@dataclass(frozen=True, slots=True)
class Point:
    kind: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the line below the name, with a link where it has one."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Ringing:
    """A call that has passed the gate and is counted: the number to dial."""

    id: int
    dial: str
    number: str
    person: str
    since: str


@dataclass(frozen=True, slots=True)
class Customer:
    """The page. `told` are the newest facts that the customer told us, as title and text."""

    url: str
    name: str
    over: tuple[str, ...]
    under: tuple[Part, ...]
    due: tuple[Money, ...]
    debts: tuple[DebtLine, ...]
    story: tuple[Told, ...]
    filters: tuple[Filter, ...]
    call_url: str
    hold_url: str
    evidence_url: str
    ring_url: str = ""
    ringing: Ringing | None = None
    facts_url: str = ""
    told: tuple[Line, ...] = ()
    ways_out: WaysOut | None = None
    hours: Hours | None = None
    hours_name: str = "There now"
    ways: tuple[Way, ...] = ()
    budget: Budget | None = None
    ribbons: tuple[Ribbon, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    settled: str = ""
    credits: tuple[Money, ...] = ()
    promises: tuple[PromiseLine, ...] = ()
    habit: tuple[str, ...] = ()
    expected: Card | None = None
    segment_url: str = ""
    points: tuple[Point, ...] = ()
    older_url: str = ""
    outcomes: tuple[tuple[str, str], ...] = tuple(OUTCOMES.items())
    kinds: tuple[tuple[str, str], ...] = tuple(KINDS.items())
    currencies: tuple[str, ...] = ("GBP",)
    keep: str = ""
    then: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    fault_of: Mapping[str, str] = field(default_factory=dict)


@login_required
@require_safe
def page(request: HttpRequest, shard: int, customer_id: int) -> HttpResponse:
    return shown(request, shard, customer_id)


def shown(
    request: HttpRequest,
    shard: int,
    customer_id: int,
    *,
    form: Mapping[str, str] | None = None,
    errors: Sequence[Fault] = (),
) -> HttpResponse:
    """The page, with a form's answers kept where something in them is to be put right."""
    found = customer_page(shard, customer_id, now=request.now)
    if found is None:
        raise Http404
    here = _page(request, found, form or {}, errors)
    return show(request, "customer", here, errors=errors, status=422 if errors else 200)


def _page(request: HttpRequest, found: CustomerPage, form: Mapping[str, str], errors: Sequence[Fault]) -> Customer:
    who, now = found.who, request.now
    zone = who.zone
    today = now.astimezone(ZoneInfo(zone)).date()
    pair = (who.shard, who.id)
    facts = row_facts([pair], now=now, today=today, since=rows.budget_since(now))[pair]
    may = allowed([facts], at=now).get(who.id, ())
    url = rows.customer_url(*pair)
    story, older = _story(request, found, zone)
    chosen = request.GET.get("show", "")
    return Customer(
        url=url,
        name=who.name,
        over=_over(found, facts),
        under=_under(found, facts),
        due=tuple(Money(s.due, s.currency) for s in facts.sums if s.due > 0),
        debts=tuple(_debt(d, found, today) for d in found.debts),
        story=story,
        filters=tuple(
            Filter(name, f"{url}?show={key}#story", chosen == key)
            for key, name in (
                ("", "All"),
                ("talk", "Talk"),
                ("money", "Money"),
                ("service", "Service"),
                ("ways", "Ways out"),
                ("decisions", "Decisions"),
            )
        ),
        call_url=reverse("desk:call", args=pair),
        hold_url=reverse("desk:hold_place", args=pair),
        ways_out=ways_out(*pair, today=today, me=request.user.pk),
        ring_url=reverse("desk:call_begin", args=pair) if facts.phone else "",
        ringing=_ringing(request, found),
        facts_url=reverse("desk:facts", args=pair),
        told=tuple(line(f, now, zone) for f in told_facts(*pair, now=now) if f.holds(now))[:MOST_TOLD],
        evidence_url=reverse("desk:evidence", args=pair),
        hours=rows.hours(facts, may, now),
        ways=rows.ways(may),
        budget=rows.budget(facts, now),
        ribbons=tuple(_ribbon(h, found, today) for h in found.holds),
        tasks=tuple(
            TaskLine(
                t.title,
                f"Since {stamp(t.opened_at, now, zone)}.",
                t.detail,
                reverse("desk:task_close", args=[t.shard, t.id]),
            )
            for t in found.tasks
        ),
        settled=f"{facts.settled} settled within our memory" if facts.settled else "",
        credits=tuple(Money(minor, currency) for currency, minor in found.credits),
        promises=_promises(found.promises, today),
        habit=_habit(facts),
        expected=card(*pair, refs={d.id: d.ref for d in found.debts}, today=today, now=now, zone=zone),
        segment_url=reverse("desk:segment_choose", args=pair),
        points=tuple(_point(p, found) for p in found.points),
        older_url=f"{url}?{urlencode({'show': chosen, 'before': older})}#story" if older else "",
        currencies=tuple(s.currency for s in facts.sums) or (who.currency,),
        keep=f"note-{who.shard}-{who.id}",
        then=request.GET.get("then", ""),
        form={"outcome": "talked", **form},
        fault_of={e.field: e.text for e in errors},
    )


def _ringing(request: HttpRequest, found: CustomerPage) -> Ringing | None:
    """The call that this page was opened for, as long as its outcome is not logged."""
    said = request.GET.get("begun") or request.POST.get("begun") or ""
    if not said.isdecimal():
        return None
    who, now = found.who, request.now
    begun = begun_call(who.shard, who.id, int(said), since=now - OPEN)
    if begun is None:
        return None
    dial = "".join(c for c in begun.number if c.isdigit() or c == "+")
    return Ringing(begun.id, dial, begun.number, begun.person, stamp(begun.at, now, who.zone))


def _story(request: HttpRequest, found: CustomerPage, zone: str) -> tuple[tuple[Told, ...], str]:
    try:
        before = datetime.fromisoformat(request.GET.get("before", ""))
    except ValueError:
        before = request.now + timedelta(days=1)
    who = found.who
    events = timeline(who.shard, who.id, zone=zone, before=before, show=request.GET.get("show", ""), limit=STORY + 1)
    teller = Teller(who.shard, zone, request.now)
    first = next((e.id for e in events if e.kind == "decision"), None)
    told = tuple(teller.tell(e, open_receipt=e.id == first) for e in events[:STORY])
    return told, events[STORY].at.isoformat() if len(events) > STORY else ""


def _over(found: CustomerPage, facts: RowFacts) -> tuple[str, ...]:
    parts = [found.who.creditor, found.who.ref]
    if facts.settled:
        parts.append(f"{facts.settled} invoices settled")
    return tuple(parts)


def _under(found: CustomerPage, facts: RowFacts) -> tuple[Part, ...]:
    parts = [Part(facts.person)] if facts.person else []
    if facts.phone:
        parts.append(Part(facts.phone))
    parts.append(Part("a person" if facts.is_person else "a company"))
    parts.append(Part(f"reads {found.who.language}"))
    return tuple(parts)


def _debt(debt: OpenDebt, found: CustomerPage, today: date) -> DebtLine:
    held = next((h for h in found.holds if h.debt_id in (None, debt.id)), None)
    days = (today - debt.due_date).days
    if held:
        chip = Chip(f"On hold, {KINDS.get(held.kind, held.kind).lower()}", "hold")
    elif days > 0:
        chip = Chip(f"{days} days past due" if days > 1 else "1 day past due", "due")
    else:
        chip = Chip("Due today", "due") if days == 0 else Chip("Not due")
    about = f"{debt.description}. " if debt.description else ""
    return DebtLine(
        debt.id,
        debt.ref,
        Money(debt.open_minor, debt.currency),
        f"{about}Due {short(debt.due_date, today, 'en')}",
        chip,
    )


def _ribbon(hold: RunningHold, found: CustomerPage, today: date) -> Ribbon:
    held = next((d.ref for d in found.debts if d.id == hold.debt_id), "") if hold.debt_id else ""
    name = KINDS.get(hold.kind, hold.kind)
    zone = ZoneInfo(found.who.zone)
    until = f" until {brief(hold.until_at.astimezone(zone).date(), 'en')}" if hold.until_at else ""
    review = f" We look again {brief(hold.review_date, 'en')}." if hold.review_date else ""
    what = {"hardship": "Care: trained staff only", "dispute": f"Disputed{': ' + held if held else ''}"}.get(
        hold.kind, f"On hold{': ' + held if held else ''}{until}"
    )
    why = f"{hold.reason or name}. Placed by {hold.placed_by}.{review}"
    return Ribbon(
        what,
        why,
        reverse("desk:hold_lift", args=[hold.shard, hold.id]),
        hold.kind if hold.kind in {"hardship", "dispute"} else "",
    )


def _promises(states: Sequence[PromiseState], today: date) -> tuple[PromiseLine, ...]:
    """The newest promise, and how earlier ones went."""
    if not states:
        return ()
    newest, before = states[0], [s for s in states[1:] if s.by_date < today]
    # A day of grace, as the decision has: banks take a day.
    past = newest.by_date + timedelta(days=1) < today
    how = "Kept. " if newest.kept else "Not kept. " if past else ""
    kept = f" Kept {sum(s.kept for s in before)} of {len(before)} before." if before else ""
    about = f"{how}By {brief(newest.by_date, 'en')}, made to {newest.taken_by} by {newest.channel}.{kept}"
    return (PromiseLine(Money(newest.amount_minor, newest.currency), about),)


def _habit(facts: RowFacts) -> tuple[str, ...]:
    first = rows.habit_reason(facts).text
    last = (
        f"We last wrote or called on {short(facts.last_out.date(), None, 'en')}."
        if facts.last_out
        else "We have not written yet."
    )
    return (first, last)


def _point(point: Address, found: CustomerPage) -> Point:
    names = {"email": "Email", "phone": "Phone", "letter": "Letter"}
    stopped = {(point.kind, ""), (point.kind, point.value)} & found.stopped
    note = "no reminders" if stopped else point.person
    return Point(names.get(point.kind, point.kind), point.value, note)
