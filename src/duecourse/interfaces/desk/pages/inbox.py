"""The inbox: what came in, what was heard in it with the words that say so, what is proposed, and one key to confirm."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from duecourse.actions import answer_inbound
from duecourse.actions.dispute import NotPossible
from duecourse.actions.receive_mail import attachment
from duecourse.core.language.answering import EFFECTS, effects
from duecourse.core.language.listen.label import Label
from duecourse.core.language.listen.own_words import own_words
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import brief, span, stamp
from duecourse.interfaces.desk.cursor import pack, unpack
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.labels import LABELS
from duecourse.interfaces.desk.promise_draft import read
from duecourse.interfaces.desk.rows import customer_url
from duecourse.interfaces.forgiving.amounts import amount as read_amount
from duecourse.interfaces.forgiving.days import day as read_day
from duecourse.interfaces.money import Money, words
from duecourse.records.inbound.models import Inbound
from duecourse.records.parties.models import Creditor, Customer
from duecourse.records.reads import inbox as reads
from duecourse.records.reads.desk_frame import waiting
from duecourse.records.reads.inbox_debts import open_sums
from duecourse.records.reads.membership import reads_sensitive
from duecourse.records.sealing import unseal_bytes

SIZE = 25
CHANNELS = {"email": "Email", "sms": "Text", "portal": "From their page", "call_note": "Note"}
ACTS = {
    "promise": "Take the promise", "dispute": "Open a dispute", "resend": "Send it again", "stop": "Stop everything",
    "thanks": "Nothing to answer", "care": "I look after it", "call": "I call them", "offer": "I offer ways",
    "find_money": "I look for it", "find": "I find them", "insolvency": "I check the register", "represented": "I write to them",
    "complaint": "I answer it", "address": "I write it down", "answer": "I answer it",
}  # fmt: skip
"""What the key does. Acts that bind are carried out; the others say who has it."""
HIDDEN = "Sensitive. People trained for it read the words."


@dataclass(frozen=True, slots=True)
class Who:
    name: str
    url: str
    how: str


@dataclass(frozen=True, slots=True)
class Quote:
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    size: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """A message in the list and on its own page."""

    title: str
    url: str
    act_url: str
    meta: str
    chips: tuple[Chip, ...]
    words: str
    quotes: tuple[Quote, ...]
    who: tuple[Who, ...]
    act: str
    act_name: str
    draft_amount: str = ""
    draft_by: str = ""
    needs: str = ""
    handled: str = ""
    whole: str = ""
    attached: tuple[Attached, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    url: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    lede: str
    clock: str
    tabs: tuple[Tab, ...]
    items: tuple[Line, ...] = field(default=())
    more_url: str = ""
    all: bool = False


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What waits, the most pressing first; or all that came in, newest first."""
    everything = request.GET.get("show") == "all"
    found = reads.lately(before=_ended(request), limit=SIZE + 1) if everything else reads.waiting(limit=SIZE)
    items = found[:SIZE]
    more = f"?show=all&after={pack(items[-1].received_at.isoformat(), items[-1].id)}" if len(found) > SIZE else ""
    count = reads.waiting_count()
    tabs = (
        Tab("Waiting", reverse("desk:inbox"), f"{count:,}" if count < reads.MOST else "1,000+", not everything),
        Tab("All", reverse("desk:inbox") + "?show=all", "", everything),
    )
    lede = "Every reply pauses chasing until a person has looked. Machines take no promise and answer nobody."
    return show(
        request,
        "inbox",
        Inbox(lede, _levels(request), tabs, tuple(_line(request, i) for i in items), more, everything),
        current="Inbox",
    )


@login_required
@require_safe
def message(request: HttpRequest, shard: int, inbound_id: int) -> HttpResponse:
    """One message, whole."""
    return show(request, "inbound", _line(request, _item(shard, inbound_id), whole=True), current="Inbox")


@login_required
@require_POST
def act(request: HttpRequest, shard: int, inbound_id: int) -> HttpResponse:
    """Confirm what was proposed, take it, say whose it is, or that it is done."""
    item = _item(shard, inbound_id)
    if item.sealed is not None and not _may_read(request, item):
        raise Http404
    inbound = Inbound.objects.get(shard=shard, id=inbound_id)
    by, form = request.user.get_full_name() or request.user.get_username(), request.POST
    said = form.get("said", "")
    try:
        if said == "done":
            done = answer_inbound.finish(inbound, form.get("outcome", "answered")[:200], by=by, now=request.now)
            told = "Done" if done else "Somebody was faster: it is done"
        elif said == "whose":
            answer_inbound.belongs_to(inbound, _customer(form.get("ref", "")), by=by, now=request.now)
            told = "It is theirs now, and does what a message of theirs does"
        elif said in ACTS:
            draft = _draft(request, item) if said == "promise" else None
            told = answer_inbound.confirm(inbound, said, by=by, now=request.now, draft=draft)
        else:
            raise Http404
        messages.success(request, told)
    except (answer_inbound.NotNow, NotPossible) as error:
        messages.error(request, str(error))
    return redirect(
        form.get("next")
        if form.get("next") == reverse("desk:inbox")
        else reverse("desk:inbound", args=[shard, inbound_id])
    )


@login_required
@require_safe
def attached(request: HttpRequest, shard: int, inbound_id: int, number: int) -> HttpResponse:
    """A file, to be saved and never shown: what strangers send runs in nobody's browser here."""
    item = _item(shard, inbound_id)
    if (item.sealed is not None and not _may_read(request, item)) or number >= len(item.attachments):
        raise Http404
    file = item.attachments[number]
    path = attachment(file["sha256"])
    if not file["kept"] or not path.exists():
        raise Http404
    content = unseal_bytes(path.read_bytes(), of=f"attachment:{file['sha256']}")
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = (
        f'attachment; filename="{file["name"].encode("ascii", "replace").decode()}"'.replace("?", "_")
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _levels(request: HttpRequest) -> str:
    """How soon people had what came in, over the last month."""
    found = reads.clock(now=request.now)
    said = []
    if found.harm_minutes is not None:
        when = span(timedelta(minutes=found.harm_minutes))
        said.append(f"A person had words of harm after {when} (middle of {found.harm_count}).")
    if found.in_time is not None:
        said.append(f"{found.in_time:.0%} of all messages were taken in time.")
    return " ".join(["Last 30 days:", *said]) if said else ""


def _ended(request: HttpRequest) -> tuple[datetime, int] | None:
    """Where the page before ended; None for anything that is not ours."""
    try:
        at, id_ = unpack(request.GET.get("after", "")) or ()
        return datetime.fromisoformat(at), int(id_)
    except (TypeError, ValueError):
        return None


def _item(shard: int, inbound_id: int) -> reads.Item:
    item = reads.one(shard, inbound_id)
    if item is None:
        raise Http404
    return item


def _customer(ref: str) -> Customer:
    found = list(Customer.objects.filter(ref__iexact=ref.strip())[:2])
    if len(found) != 1:
        raise answer_inbound.NotNow("Write the customer's number as it stands on their page.")
    return found[0]


def _may_read(request: HttpRequest, item: reads.Item) -> bool:
    return reads_sensitive(request.user, item.creditor_id)


def _line(request: HttpRequest, item: reads.Item, *, whole: bool = False) -> Line:
    if item.secret and _may_read(request, item):
        item = reads.opened(item)
    zone = waiting().timezone
    who = tuple(Who(a.name, customer_url(a.shard, a.customer_id), a.how) for a in item.about)
    said = HIDDEN if item.secret else " ".join(own_words(item.text).split()) or item.subject or "No words"
    proposed = effects([Label(label) for label in item.labels], urgent=item.urgent) or (EFFECTS[Label.OTHER],)
    chips = [Chip("Now", "fault")] if item.urgent else []
    chips += [Chip(*LABELS[label]) for label in item.labels]
    act_ = proposed[0].act
    amount_, by, needs = _promise(request, item, said) if act_ == "promise" and not item.secret else ("", "", "")
    sender = item.sender if not item.about else ""
    meta = [CHANNELS[item.channel], sender, stamp(item.received_at, request.now, zone), _clock(request, item)]
    return Line(
        title=", ".join(w.name for w in who) or "Nobody knows yet",
        url=reverse("desk:inbound", args=[item.shard, item.id]),
        act_url=reverse("desk:inbound_act", args=[item.shard, item.id]),
        meta=" · ".join(part for part in meta if part),
        chips=tuple(chips),
        words=said if len(said) <= 240 else said[:240].rsplit(" ", 1)[0] + " …",
        quotes=()
        if item.secret
        else tuple(Quote(LABELS[label][0], quote) for label, quote in item.evidence if label in LABELS),
        who=who,
        act="" if item.handled_by or (item.secret and act_ != "care") else act_,
        act_name=ACTS[act_],
        draft_amount=amount_,
        draft_by=by,
        needs=needs,
        handled=f"{item.handled_by}: {item.outcome.replace('_', ' ')}".strip(": ") if item.handled_by else "",
        whole=(HIDDEN if item.secret else item.text) if whole else "",
        attached=_attached(item) if whole and not item.secret else (),
        known=bool(who),
    )


def _clock(request: HttpRequest, item: reads.Item) -> str:
    if item.taken_by and not item.handled_by:
        return f"{item.taken_by} has it"
    if item.answer_by is None or item.handled_by:
        return ""
    left = item.answer_by - request.now
    return f"answer within {span(left)}" if left > timedelta(0) else f"late by {span(-left)}"


def _attached(item: reads.Item) -> tuple[Attached, ...]:
    return tuple(
        Attached(
            file["name"],
            f"{max(1, file['size'] // 1024):,} kB",
            reverse("desk:inbound_file", args=[item.shard, item.id, number]) if file["kept"] else "",
            file["why"],
        )
        for number, file in enumerate(item.attachments)
    )


def _promise(request: HttpRequest, item: reads.Item, said: str) -> tuple[str, str, str]:
    """Amount and day as they were read, ready to be confirmed; else what is still needed."""
    creditor = Creditor.objects.filter(id=item.creditor_id).first()
    if creditor is None or len(item.about) != 1:
        return "", "", "Say first whose message it is."
    sums = open_sums(item.about[0].shard, item.about[0].customer_id)
    currency, owed = next(iter(sums.items())) if len(sums) == 1 else (creditor.currency, None)
    today = request.now.astimezone(ZoneInfo(creditor.timezone)).date()
    found = read(said, today, currency=currency, owed_minor=owed, day_first=creditor.country != "US")
    if found.minor is None or found.by is None:
        return "", "", "The words do not say how much and by when: fill it in."
    return words(Money(found.minor, currency), "en"), brief(found.by, "en"), ""


def _draft(request: HttpRequest, item: reads.Item) -> answer_inbound.Draft:
    creditor = Creditor.objects.filter(id=item.creditor_id).first()
    if creditor is None or len(item.about) != 1:
        raise answer_inbound.NotNow("Say first whose message it is.")
    sums = open_sums(item.about[0].shard, item.about[0].customer_id)
    currency = next(iter(sums)) if len(sums) == 1 else creditor.currency
    today = request.now.astimezone(ZoneInfo(creditor.timezone)).date()
    minor = read_amount(request.POST.get("amount", ""), currency)
    by = read_day(request.POST.get("by", ""), today, day_first=creditor.country != "US")
    if not minor or by is None:
        raise answer_inbound.NotNow("Say how much, such as 150.00, and by when, such as Friday or 4 dec.")
    return answer_inbound.Draft(minor, currency, by)
