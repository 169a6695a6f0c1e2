"""The worklist: who is better off hearing from us today, with three reasons a row; and who is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import span
from duecourse.interfaces.desk import rows
from duecourse.interfaces.desk.cursor import pack, unpack
from duecourse.interfaces.desk.frame import capped, show
from duecourse.interfaces.desk.rows import Row
from duecourse.interfaces.instruments import Reason
from duecourse.interfaces.money import Money, words
from duecourse.records.insight.outlooks import warnings_of
from duecourse.records.reads import worklist as reads
from duecourse.records.reads.allowed import Allowed, allowed
from duecourse.records.reads.desk_frame import waiting
from duecourse.records.reads.row_facts import RowFacts, row_facts

SIZE = 25
START = datetime(2000, 1, 1, tzinfo=UTC)
CHIPS = {
    "hardship": Chip("Hardship", "care"),
    "dispute": Chip("Disputed", "dispute"),
    "chargeback": Chip("Taken back", "fault"),
    "wrong_person": Chip("Wrong person", "fault"),
    "bad_address": Chip("Bounced", "fault"),
    "cannot_write": Chip("Our fault", "fault"),
    "no_contact_point": Chip("No address", "fault"),
    "wants_talk": Chip("Wants to talk", "hand"),
    "says_paid": Chip("Says it is paid", "hand"),
    "asks_time": Chip("Asks for time", "hand"),
    "no_invoice": Chip("Never got it", "hand"),
    "new_link": Chip("Needs a link", "hand"),
    "ask_arrival": Chip("Ask if it came", "hand"),
    "early_warning": Chip("Early warning", "due"),
    "opted_out": Chip("No messages", "hold"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A number above the list."""

    name: str
    value: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A link that narrows a list."""

    name: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Worklist:
    """The page."""

    greeting: str
    lede: str
    strip: tuple[Tile, ...]
    filters: tuple[Filter, ...]
    rows: tuple[Row, ...]
    label: str = "Next best customers"
    more_url: str = ""
    nothing: str = "Nobody is waiting for a person"
    nothing_more: str = "Messages go out by themselves. What needs you will be here."


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    now = request.now
    zone = ZoneInfo(waiting().timezone)
    local = now.astimezone(zone)
    midnight = datetime.combine(local.date(), time(), zone)
    strip = reads.strip(now=now, midnight=midnight, today=local.date())
    if not strip.any_customer:
        return show(request, "first_run", None, current="Worklist")
    chosen = request.GET.get("show", "next")
    after = unpack(request.GET.get("after", ""))
    found, more = (_promised if chosen == "promises" else _todos)(now, local.date(), after, chosen)
    here = Worklist(
        greeting=f"{_greeting(local.hour)}, {request.user.first_name or 'you'}",
        lede=_lede(strip),
        strip=_tiles(strip, now),
        filters=_filters(chosen),
        rows=found,
        label={"promises": "Promises", "waiting": "Waiting on us"}.get(chosen, "Next best customers"),
        more_url=more,
    )
    return show(request, "worklist", here, current="Worklist")


def _todos(now: datetime, today: date, after: list | None, chosen: str) -> tuple[tuple[Row, ...], str]:
    key = (after[0], datetime.fromisoformat(after[1]), after[2]) if after and len(after) == 3 else None
    todos = reads.todos(after=key, waiting_only=chosen == "waiting", limit=SIZE, start=START)
    pairs = list({(t.shard, t.customer_id) for t in todos})
    facts = row_facts(pairs, now=now, today=today, since=rows.budget_since(now))
    may = allowed(facts.values(), at=now)
    warned = warnings_of(pairs)
    together: dict[tuple[int, int], list[reads.Todo]] = {}
    for todo in todos:
        together.setdefault((todo.shard, todo.customer_id), []).append(todo)
    made = tuple(
        todo_row(found, facts[pair], may.get(pair[1], ()), now, today, warned=warned.get(pair, ""))
        for pair, found in together.items()
        if pair in facts
    )
    if len(todos) < SIZE:
        return made, ""
    rank, opened, id_ = todos[-1].key
    return made, f"?show={chosen}&after={pack(rank, opened.isoformat(), id_)}"


def todo_row(
    todos: Sequence[reads.Todo],
    facts: RowFacts,
    may: tuple[Allowed, ...],
    now: datetime,
    today: date,
    *,
    warned: str = "",
) -> Row:
    """A customer's open tasks as one row; the first of them is what "done" closes. `warned`: an early warning in words."""
    todo = todos[0]
    return Row(
        url=rows.customer_url(todo.shard, todo.customer_id),
        name=facts.name,
        under=("Trained staff only", f"for {facts.creditor}") if todo.kind == "hardship" else rows.under(facts),
        owed=rows.owed(facts),
        chip=CHIPS.get(todo.kind) or rows.late_chip(facts, today),
        reasons=_reasons(todos, facts, now, today, warned),
        ways=rows.ways(may),
        hours=rows.hours(facts, may, now),
        budget=rows.budget(facts, now),
        task_url=reverse("desk:task_close", args=[todo.shard, todo.id]),
        call=reverse("desk:call_begin", args=[todo.shard, todo.customer_id])
        if any(c.allowed and c.channel == "phone" for c in may)
        else "",
        person=(facts.person or facts.name).split()[0],
    )


def _reasons(
    todos: Sequence[reads.Todo], facts: RowFacts, now: datetime, today: date, warned: str
) -> tuple[Reason, ...]:
    """What a person is asked to do first; then a promise, an early warning, the money, the habit: three in all."""
    found = [Reason(f"{t.title}; waiting {span(now - t.opened_at)}" if t.rank <= 5 else t.title, 3) for t in todos[:2]]
    promise = rows.promise_reason(facts, today)
    if promise:
        found.append(promise)
    if warned:
        found.append(Reason(warned, 2))
    return (*found, rows.money_reason(facts, today), rows.habit_reason(facts))[:3]


def _promised(now: datetime, today: date, after: list | None, chosen: str) -> tuple[tuple[Row, ...], str]:
    key = (date.fromisoformat(after[0]), after[1]) if after and len(after) == 2 else None
    due = reads.promises(today=today, after=key, limit=SIZE)
    pairs = list({(d.shard, d.customer_id) for d in due})
    facts = row_facts(pairs, now=now, today=today, since=rows.budget_since(now))
    may = allowed(facts.values(), at=now)
    made = tuple(
        promise_row(d, facts[d.shard, d.customer_id], may.get(d.customer_id, ()), now, today)
        for d in due
        if (d.shard, d.customer_id) in facts
    )
    more = f"?show=promises&after={pack(due[-1].by_date.isoformat(), due[-1].id)}" if len(due) == SIZE else ""
    return made, more


def promise_row(due: reads.Due, facts: RowFacts, may: tuple[Allowed, ...], now: datetime, today: date) -> Row:
    """A promise as a row; a kept one recedes."""
    kept = due.received_minor >= due.amount_minor
    days = (today - due.by_date).days
    when = "today" if days == 0 else "tomorrow" if days == -1 else f"{days} days ago"
    amount = words(Money(due.amount_minor, due.currency), "en")
    came = words(Money(due.received_minor, due.currency), "en")
    chip = Chip("Kept", "done") if kept else Chip("Promise passed", "due") if days > 0 else Chip("Promised", "hand")
    return Row(
        url=rows.customer_url(due.shard, due.customer_id),
        name=facts.name,
        under=rows.under(facts),
        owed=(Money(due.amount_minor, due.currency),),
        chip=chip,
        reasons=(
            Reason(f"Promised {amount} for {when}, made to {due.taken_by}", 3),
            Reason(
                f"{came} has come since it was made" if due.received_minor else "Nothing has come since it was made", 2
            ),
            rows.habit_reason(facts),
        ),
        ways=rows.ways(may),
        hours=rows.hours(facts, may, now),
        budget=rows.budget(facts, now),
        rest=kept,
    )


def _greeting(hour: int) -> str:
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def _lede(strip: reads.Strip) -> str:
    people = capped(strip.open_tasks)
    first = {"": "Nobody waits for a person.", "1": "One person is better off hearing from you today."}.get(
        people, f"{people} people are better off hearing from you today."
    )
    if strip.left_alone is None:
        return first
    return f"{first} {strip.left_alone:,} are better left alone."


def _tiles(strip: reads.Strip, now: datetime) -> tuple[Tile, ...]:
    worth = " and ".join(words(Money(m, c), "en") for c, m in sorted(strip.promised.items()))
    median = strip.median_minutes
    return (
        Tile("Done today", str(strip.done_today), f"of {strip.done_today + strip.open_tasks:,}"),
        Tile("Promises due", str(strip.promises_today), f"worth {worth}" if worth else "today", "?show=promises"),
        Tile("Time to a human, median", "–" if median is None else span(timedelta(minutes=median)), "last 7 days"),
        Tile("Uncertain sends", str(strip.uncertain), "to look at", reverse("desk:outbox") + "?tab=uncertain"),
        Tile(
            "Books read",
            *(("–", "not yet") if strip.books_read_at is None else (span(now - strip.books_read_at), "ago")),
        ),
    )


def _filters(chosen: str) -> tuple[Filter, ...]:
    names = {"next": "Next best", "promises": "Promises due", "waiting": "Waiting on us"}
    return (
        *(Filter(name, f"?show={key}", chosen == key) for key, name in names.items()),
        Filter("Left alone, and why", reverse("desk:alone")),
    )
