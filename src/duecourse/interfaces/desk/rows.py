"""From facts to a row of the desk: who, amount, state, three reasons, what may be done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from duecourse.core.law.rulebook import Rulebook
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import place_of, span
from duecourse.interfaces.instruments import Budget, Hours, Reason, Way
from duecourse.interfaces.money import Money, words
from duecourse.records.reads.allowed import Allowed
from duecourse.records.reads.row_facts import RowFacts

CHANNEL_NAMES = {"phone": "Phone", "email": "Email", "sms": "Text", "letter": "Letter"}


@dataclass(frozen=True, slots=True)
class Row:
    """A customer on the desk."""

    url: str
    name: str
    under: tuple[str, ...]
    owed: tuple[Money, ...]
    chip: Chip
    reasons: tuple[Reason, ...]
    ways: tuple[Way, ...] = ()
    hours: Hours | None = None
    budget: Budget | None = None
    note: str = ""
    rest: bool = False
    task_url: str = ""
    call: str = ""
    person: str = ""


def customer_url(shard: int, customer_id: int) -> str:
    return reverse("desk:customer", args=[shard, customer_id])


def under(facts: RowFacts) -> tuple[str, ...]:
    """The lines below a name."""
    who = f"{facts.person}, {place_of(facts.zone)}" if facts.person else place_of(facts.zone)
    return (who, f"for {facts.creditor}")


def owed(facts: RowFacts) -> tuple[Money, ...]:
    """What is past its date, by currency; all that is open where nothing is."""
    due = tuple(Money(s.due, s.currency) for s in facts.sums if s.due > 0)
    return due or tuple(Money(s.open, s.currency) for s in facts.sums)


def late_days(facts: RowFacts, today: date) -> int | None:
    """Days past the date of the oldest open invoice; None where nothing is open."""
    return max(((today - s.oldest).days for s in facts.sums), default=None)


def late_chip(facts: RowFacts, today: date) -> Chip:
    days = late_days(facts, today)
    if days is None:
        return Chip("Nothing open", "done")
    if days <= 0:
        return Chip("Due today" if days == 0 else "Not due", "due" if days == 0 else "")
    return Chip(f"{days} day{'s' if days > 1 else ''} past due", "due")


def money_reason(facts: RowFacts, today: date) -> Reason:
    """How many are open and how late the oldest is."""
    count = sum(s.count for s in facts.sums)
    overdue = sum(s.overdue for s in facts.sums)
    if not count:
        return Reason("Nothing is open", 1)
    days = late_days(facts, today) or 0
    if not overdue:
        return Reason(f"{count} open, none past its date", 1)
    return Reason(f"{overdue} of {count} open past the date, the oldest {days} days", 2)


def habit_reason(facts: RowFacts) -> Reason:
    """How they usually pay."""
    if facts.habit is None:
        return Reason("No invoice settled with us yet", 1)
    days = round(facts.habit)
    usual = f"{days} days late" if days > 0 else "on the day" if days == 0 else f"{-days} days early"
    return Reason(f"Half of {facts.settled} settled invoices were paid {usual} or sooner", 1)


def promise_reason(facts: RowFacts, today: date) -> Reason | None:
    """A promise whose date is near or has passed."""
    promise = facts.promise
    if promise is None or not -14 <= (promise.by - today).days <= 30:
        return None
    amount = words(Money(promise.amount, promise.currency), "en")
    days = (today - promise.by).days
    if days > 0:
        when = "yesterday" if days == 1 else f"{days} days ago"
        return Reason(f"Promised {amount} for {when}; it is still open", 3)
    when = "today" if days == 0 else "tomorrow" if days == -1 else f"in {-days} days"
    return Reason(f"Promised {amount}, due {when}", 2)


def ways(channels: Sequence[Allowed]) -> tuple[Way, ...]:
    return tuple(
        Way(CHANNEL_NAMES[c.channel], c.allowed, "" if c.allowed else f"{c.rule} ({c.citation})") for c in channels
    )


def hours(facts: RowFacts, channels: Sequence[Allowed], now: datetime) -> Hours:
    """The house's hours of today where the customer is; the words say what the gate says."""
    local = now.astimezone(ZoneInfo(facts.zone))
    numbers = Rulebook.load(as_of=now.date())["HOUSE-HOURS"].numbers
    kind = "consumer" if facts.is_person else "business"
    opens, closes = numbers[f"{kind}_from_minute"], numbers[f"{kind}_to_minute"]
    if local.weekday() not in numbers[f"{kind}_days"]:
        opens = closes = 0
    minute = local.hour * 60 + local.minute
    there = place_of(facts.zone)
    window = f"{_clock(opens)} to {_clock(closes)}" if closes else "closed today"
    said = [c for c in channels if c.until is not None]
    if any(c.allowed for c in channels):
        then = f"Until {_clock(closes)}" if closes else ""
    elif said:
        first = min(said, key=lambda c: c.until or now)
        then = f"Opens in {span((first.until or now) - now)}"
    else:
        then = "No channel is open" if channels else "No address to write to or call"
    return Hours(
        opens, closes, minute, f"Allowed {window}, now {local:%H:%M} in {there}", f"{local:%H:%M} there. {then}"
    )


def budget(facts: RowFacts, now: datetime) -> Budget:
    return Budget(facts.lately, Rulebook.load(as_of=now.date())["HOUSE-BUDGET"].numbers["max"])


def budget_since(now: datetime) -> datetime:
    """Contacts at or after this instant count."""
    return now - timedelta(days=Rulebook.load(as_of=now.date())["HOUSE-BUDGET"].numbers["days"])


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
