"""May this act go, and if not, when? One world at a time, by constants of its own; LAW.md's words, not the gate's code."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from duecourse.bench.oracle.calendar import holidays
from duecourse.bench.oracle.worlds import Past, World

CALLS = ("phone_call", "voicemail")
MEDIUM = {"phone_call": "call", "voicemail": "call"}
REACHED = ("answered_conversation", "answered_dropped", "voicemail_left")  # a call that reached somebody or something
AHEAD = 60  # days searched for a permitted instant
NONE_FOUND = "none within reach"

Hours = tuple[tuple[int, int] | None, ...]
DAILY: Hours = ((480, 1260),) * 7  # 12 CFR 1006.6(b)(1)(i); CONC 7.9.4R as this house reads it
WASHINGTON: Hours = ((450, 1260),) * 7  # RCW 19.16.250
AUSTRALIA: Hours = (*((450, 1260),) * 5, (540, 1260), (540, 1260))  # RG 96 part 2 section 4
AUSTRALIA_WORK: Hours = (*((540, 1020),) * 5, None, None)
HOUSE_PEOPLE: Hours = (*((540, 1200),) * 6, None)
HOUSE_TRADE: Hours = (*((480, 1080),) * 5, None, None)


@cache
def local(at: datetime, zone: str) -> datetime:
    """Wall time."""
    return at.astimezone(ZoneInfo(zone))


def within(world: World, place: str) -> bool:
    """Does any location point into this place?"""
    return any(j == place or j.startswith(f"{place}-") for _, j in world.places)


def answering(world: World) -> datetime | None:
    """When the customer's own message came, where this act is the one answer to it."""
    medium = MEDIUM.get(world.channel, world.channel)
    same = [p for p in world.past if MEDIUM.get(p.channel, p.channel) == medium and p.at <= world.at]
    came = max((p.at for p in same if p.inbound), default=None)
    if came is None or not world.answers or any(not p.inbound and p.at > came for p in same):
        return None
    return came


def _protected(world: World) -> bool:
    """A consumer of a United States agency, of the United Kingdom or of Australia: stated wishes bind by law."""
    return not world.business and ((within(world, "US") and world.agency) or within(world, "UK") or within(world, "AU"))


def refused(world: World) -> bool:
    """Something that waiting does not cure."""
    reply = answering(world) is not None
    medium = MEDIUM.get(world.channel, world.channel)
    stopped = any(m in (medium, "any") and (since is None or since <= world.at) for m, since in world.stops)
    text = within(world, "US") and world.channel == "sms"  # 47 CFR 64.1200(a)(10): a business's number too
    if stopped and not reply and (world.house or text or _protected(world)):
        return True
    waits = world.house and world.purpose != "payment_receipt" and not reply
    if waits and any(until is None for until in world.holds):
        return True
    if world.business:
        return False
    if (
        within(world, "US-DC")
        and world.channel in ("email", "sms")
        and not reply
        and "electronic" not in world.consents
    ):
        return True
    email_in_new_york = within(world, "US-NY") and world.agency and world.channel == "email"
    return email_in_new_york and "ny_email" not in world.consents


def open_at(world: World, at: datetime) -> bool:
    """Is it a permitted hour everywhere the customer may be, and no time that they ruled out?"""
    came = answering(world)
    fresh = came is not None and at < came + timedelta(hours=24)
    call, text = world.channel in CALLS, world.channel == "sms"
    awaited = world.purpose == "payment_receipt" or came is not None
    rules: list[tuple[Hours, bool]] = []
    if not world.business and not fresh:
        if (within(world, "US") and world.agency) or (within(world, "US-CA") and not world.agency):
            rules.append((DAILY, False))
        if within(world, "US-WA") and world.agency and call and not world.work:
            rules.append((WASHINGTON, False))
        if within(world, "UK") and world.channel != "letter":
            rules.append((DAILY, False))
        if within(world, "AU") and (call or text):
            rules.append((AUSTRALIA, True))
            if world.work:
                rules.append((AUSTRALIA_WORK, True))
    if world.house and world.channel != "letter" and not awaited:
        rules.append((HOUSE_TRADE if world.business else HOUSE_PEOPLE, True))
    for zone, jurisdiction in world.places:
        clock = local(at, zone)
        minute = clock.hour * 60 + clock.minute
        free = clock.date() in holidays(jurisdiction)
        for week, keeps_holidays in rules:
            span = week[clock.weekday()]
            if span is None or not span[0] <= minute < span[1] or (keeps_holidays and free):
                return False
    californian = not world.business and within(world, "US-CA")  # a creditor's own collection too
    if fresh or not (world.house or _protected(world) or californian):
        return True
    clock = local(at, world.places[0][0])
    minute = clock.hour * 60 + clock.minute
    return not any((days is None or clock.weekday() in days) and a <= minute < b for days, a, b in world.dislikes)


def _begun(past: Past) -> bool:
    return not past.inbound and not past.reply


def _rung(past: Past) -> bool:
    return not past.inbound and past.channel in CALLS and past.result not in ("busy", "not_in_service")


def counted(world: World, at: datetime) -> bool:
    """Does one more contact keep every limit on the local day of `at`?"""
    today = local(at, world.places[0][0]).date()
    seen = [(local(p.at, world.places[0][0]).date(), p) for p in world.past if p.at <= world.at]
    reply, person = answering(world) is not None, not world.business
    call, text = world.channel in CALLS, world.channel == "sms"

    def last(days: int, test: object, debt: int | None = None) -> int:
        first: date = today - timedelta(days=days - 1)
        return sum(d >= first and test(p) and (debt is None or not p.debts or debt in p.debts) for d, p in seen)  # type: ignore[operator]

    def full(most: int, days: int, test: object, *, per_debt: bool = False) -> bool:
        return any(last(days, test, debt) >= most for debt in (world.debts if per_debt else (None,)))

    broken = []
    if person and call and world.agency and within(world, "US"):
        broken.append(full(7, 7, _rung, per_debt=True))  # 12 CFR 1006.14(b)(2)(i)(A)
        broken.append(full(1, 7, lambda p: p.talk, per_debt=True))  # (B): the day of the talk is the first of seven
    if reply:
        return not any(broken)
    if person and within(world, "US-MA") and (call or text):
        calls_or_texts = lambda p: _begun(p) and p.channel in (*CALLS, "sms")  # noqa: E731
        if world.work and call:
            broken.append(full(2, 30, lambda p: calls_or_texts(p) and p.work, per_debt=True))
        if not world.work:
            broken.append(full(2, 7, lambda p: calls_or_texts(p) and not p.work, per_debt=True))
    if person and within(world, "US-WA") and world.agency:
        broken.append(full(3, 7, _begun))
        broken.append(world.work and full(1, 7, lambda p: _begun(p) and p.work))
    if person and within(world, "US-DC"):
        broken.append(call and full(4, 7, _rung, per_debt=True))
        e_message = lambda p: not p.inbound and p.channel in ("email", "sms")  # noqa: E731
        broken.append(world.channel in ("email", "sms") and full(5, 7, e_message, per_debt=True))
    if person and within(world, "US-NY-NYC") and world.agency:
        broken.append(full(2, 7, _begun))
    if person and within(world, "AU"):
        made = lambda p: _begun(p) and (p.channel in ("email", "sms") or (p.channel in CALLS and p.result in REACHED))  # noqa: E731
        broken.append(full(3, 7, made, per_debt=True))
        broken.append(full(10, 30, made, per_debt=True))
    if world.house and world.channel != "letter" and world.purpose != "payment_receipt":
        spent = lambda p: _begun(p) and p.channel != "letter" and p.purpose != "payment_receipt"  # noqa: E731
        broken.append(full(2, 7, spent))  # the house's budget
    if world.house and world.channel == "phone_call":
        broken.append(full(1, 1, _rung))  # the house's pace
    return not any(broken)


def held(world: World, at: datetime) -> bool:
    """On hold until later."""
    waits = world.house and world.purpose != "payment_receipt" and answering(world) is None
    return waits and any(until is not None and at < until for until in world.holds)


def allows(world: World, at: datetime) -> bool:
    """May the act go at `at`, by what was known when it was proposed?"""
    return not refused(world) and open_at(world, at) and not held(world, at) and counted(world, at)


@cache
def _turns(zone: str, day: date, minute: int) -> tuple[datetime, ...]:
    """Every instant at which the wall of `zone` may first show this minute: both passes of a repeated hour, and the jump."""
    wall = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(minutes=minute)
    found = {wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    if len(found) == 2:
        start = min(found) - timedelta(hours=3)
        found |= {start + timedelta(minutes=step) for step in range(0, 7 * 60, 30)}
    return tuple(found)


def first_allowed(world: World) -> datetime | None:
    """The first instant after the proposed one at which the act may go; None where none comes within reach.

    A rule can only open where a wall clock reaches an opening hour, midnight or the end of a time ruled out, or where a
    hold ends; so only those instants are tried.
    """
    minutes = {0, 450, 480, 540, *(end for _, _, end in world.dislikes)}
    zones = {zone for zone, _ in world.places}
    instants = {until for until in world.holds if until is not None and until > world.at}
    day = world.at.date() - timedelta(days=1)
    for _ in range(AHEAD):
        for zone in zones:
            for minute in minutes:
                instants.update(_turns(zone, day, minute))
        # East of the date line a local day begins the UTC day before: that one is whole only now.
        ripe = sorted(i for i in instants if i.date() < day)
        for moment in ripe:
            if moment > world.at and allows(world, moment):
                return moment
        instants.difference_update(ripe)
        day += timedelta(days=1)
    return None


def far(world: World, when: datetime) -> bool:
    """Is it a permitted instant beyond those that were searched?"""
    return when > world.at + timedelta(days=AHEAD - 3) and allows(world, when)


def verdict(world: World) -> tuple[str, datetime | None]:
    """allow, block or defer, and the first permitted instant of a deferral; NONE_FOUND where the search ends without one."""
    if refused(world):
        return "block", None
    if allows(world, world.at):
        return "allow", None
    first = first_allowed(world)
    return ("defer", first) if first else (NONE_FOUND, None)
