"""The outbox: what is due, on its way, in doubt, sent, failed and stopped; and each message as it was rendered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from csp.decorators import csp
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from duecourse.actions import settle_doubt
from duecourse.connectors.channels.sms.segments import segments
from duecourse.core.decide.explain import headline
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import span, stamp
from duecourse.interfaces.desk.cursor import pack, unpack
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.rows import customer_url
from duecourse.records.reads import outbox as reads
from duecourse.records.reads.desk_frame import waiting
from duecourse.records.reads.rulings import of_message

SIZE = 25
TITLES = {
    "uncertain": (
        "We do not know if these arrived",
        "The line dropped after we handed the message over. We never send twice on a guess, so a person looks. "
        "A late receipt clears a line by itself.",
    ),
    "due": ("Waiting to go out", "Each is looked at again, on fresh facts, at the moment it leaves."),
    "sending": ("On its way", "Marked and handed over; the answer is awaited."),
    "sent": ("Sent", "Each exactly as it was read. In the sandbox nothing leaves this machine."),
    "failed": ("Did not arrive", "Refused for good. Each has a task to find a better address."),
    "stopped": ("Stopped at the gate", "Planned, and stopped at the last look. The reason is with each."),
}
NAMES = {
    "due": "Due",
    "sending": "Sending",
    "uncertain": "Uncertain",
    "sent": "Sent",
    "failed": "Failed",
    "stopped": "Stopped at the gate",
}
LATELY = {"sent", "failed", "stopped"}
"""Tabs whose count is of today; the list goes on into the days before."""
CHIPS = {
    "due": Chip("Waiting", "hand"),
    "marked": Chip("Handed over", "hand"),
    "uncertain": Chip("Uncertain", "due"),
    "sent": Chip("Sent", "done"),
    "failed": Chip("Failed", "fault"),
    "refused": Chip("Stopped", "hold"),
}
CHANNELS = {"email": "Email", "sms": "Text", "letter": "Letter", "phone": "Call"}


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    url: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a trace; `doubt` is the one that leaves it open."""

    text: str
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person may say about a message in doubt."""

    name: str
    key: str
    said: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    name: str
    customer_url: str
    what: str
    chip: Chip
    trace: tuple[Line, ...]
    reading: str
    message_url: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Outbox:
    """The page."""

    tab: str
    title: str
    lede: str
    tabs: tuple[Tab, ...]
    items: tuple[Item, ...]
    more_url: str = ""
    nothing: str = "Nothing here"
    nothing_more: str = ""

    @property
    def uncertain(self) -> bool:
        return self.tab == "uncertain"


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was rendered."""

    subject: str
    state_words: str
    lede: str
    customer_url: str
    html_url: str
    text: str
    recipient: str
    template: str
    hash: str
    chip: Chip
    trace: tuple[Line, ...]
    on_phone: str = ""
    receipt_url: str = ""


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    zone = waiting().timezone
    local = request.now.astimezone(ZoneInfo(zone))
    counts = reads.counts(midnight=datetime.combine(local.date(), time(), ZoneInfo(zone)))
    tab = request.GET.get("tab", "uncertain" if counts["uncertain"] else "sent")
    if tab not in NAMES:
        raise Http404
    after = unpack(request.GET.get("after", ""))
    before = (datetime.fromisoformat(after[0]), int(after[1])) if after and len(after) == 2 else None
    found = reads.items(tab, before=before, limit=SIZE)
    title, lede = TITLES[tab]
    last = found[-1] if len(found) == SIZE else None
    here = Outbox(
        tab=tab,
        title=title if found or tab != "uncertain" else "Nothing is in doubt",
        lede=lede,
        tabs=tuple(
            Tab(name, f"?tab={key}", _count(counts[key]) + (" today" if key in LATELY else ""), key == tab)
            for key, name in NAMES.items()
        ),
        items=tuple(shown(i, request.now, zone) for i in found),
        more_url=f"?tab={tab}&after={pack(last.changed_at.isoformat(), last.id)}" if last else "",
        nothing={"uncertain": "No message is in doubt", "due": "Nothing waits"}.get(tab, "Nothing here today"),
        nothing_more="What happens next will be here.",
    )
    return show(request, "outbox", here, current="Outbox")


def shown(item: reads.Item, now: datetime, zone: str) -> Item:
    """A row of the outbox in words."""
    chip = CHIPS[item.state]
    acts: tuple[Act, ...] = ()
    if item.state == "uncertain":
        chip = Chip(
            f"{'Asked' if item.asked else 'Uncertain'}, {span(now - item.changed_at)}", "hand" if item.asked else "due"
        )
        url = reverse("desk:doubt", args=[item.shard, item.id])
        acts = (
            Act("It arrived", "a", "arrived", url),
            Act("Check, send again", "r", "again", url),
            Act("Ask them", "q", "ask", url),
        )
    return Item(
        name=item.name,
        customer_url=customer_url(item.shard, item.customer_id),
        what=_what(item),
        chip=chip,
        trace=trace(item, zone),
        reading=_reading(item, now, zone),
        message_url=reverse("desk:message", args=[item.shard, item.id]) if item.has_message else "",
        acts=acts,
    )


def trace(item: reads.Item, zone: str) -> tuple[Line, ...]:
    """What happened, to the millisecond; the line that left it open stands out."""
    lines = []
    for at, what, detail, by in item.trace:
        local = at.astimezone(ZoneInfo(zone))
        said = f", {by}" if by and not by.startswith("worker") else ""
        words = f"{local:%H:%M:%S}.{local.microsecond // 1000:03d} {what.replace('_', ' ')}"
        lines.append(Line(f"{words}{': ' + detail if detail else ''}{said}", what == "unknown"))
    return tuple(lines)


def _what(item: reads.Item) -> str:
    kind = (
        "Receipt" if item.purpose == "receipt" else f"Step {item.step.replace('_', ' ')}" if item.step else item.purpose
    )
    return (
        f"{CHANNELS.get(item.channel, item.channel)} to {item.recipient or 'no address'}, for {item.creditor}. {kind}"
    )


def _reading(item: reads.Item, now: datetime, zone: str) -> str:
    if item.state == "uncertain":
        return "Could be either. It is never sent again by itself. If it is, it counts as a contact."
    if item.state == "refused":
        return headline(item.why)
    if item.state == "due":
        tail = f" {item.why}." if item.why else ""
        return f"Goes out {stamp(item.due_at, now, zone)}.{tail}" if item.due_at > now else f"Due now.{tail}"
    if item.state == "failed":
        return item.why or "It was refused for good."
    return f"{stamp(item.changed_at, now, zone)}"


def _count(n: int) -> str:
    return f"{reads.MOST:,}+" if n >= reads.MOST else f"{n:,}"


@login_required
@require_POST
def doubt(request: HttpRequest, shard: int, outbox_id: int) -> HttpResponse:
    """One of the three acts on a message in doubt."""
    acts = {"arrived": settle_doubt.arrived, "again": settle_doubt.send_again, "ask": settle_doubt.ask_them}
    said = request.POST.get("said", "")
    if said not in acts:
        raise Http404
    who = request.user.get_full_name() or request.user.get_username()
    row = acts[said](shard, outbox_id, by=who, now=request.now)
    told = {"arrived": "Marked as arrived", "again": "Due again; the gate looks first", "ask": "Task opened: ask them"}[
        said
    ]
    messages.success(request, told if row else "The doubt was settled already")
    return redirect(reverse("desk:outbox") + "?tab=uncertain")


@login_required
@require_safe
def message(request: HttpRequest, shard: int, outbox_id: int) -> HttpResponse:
    item, rendered = reads.item(shard, outbox_id), reads.rendered(shard, outbox_id)
    if item is None or rendered is None:
        raise Http404
    zone, ruled = waiting().timezone, of_message(shard, outbox_id)
    here = Message(
        subject=rendered.subject,
        state_words=_what(item),
        lede=f"Written {stamp(rendered.rendered_at, request.now, zone)}, kept exactly as it was.",
        customer_url=customer_url(shard, item.customer_id),
        html_url=reverse("desk:message_html", args=[shard, outbox_id]) if rendered.html else "",
        on_phone="" if rendered.html else _on_phone(rendered.text),
        text=rendered.text,
        recipient=rendered.recipient,
        template=rendered.template_version,
        hash=rendered.content_hash[:16],
        chip=CHIPS[item.state],
        trace=trace(item, zone),
        receipt_url=reverse("desk:ruling", args=[ruled.shard, ruled.id]) if ruled else "",
    )
    return show(request, "message", here, current="Outbox")


def _on_phone(text: str) -> str:
    """How a text is counted."""
    found = segments(text)
    return (
        f"{found.count} text{'s' if found.count > 1 else ''} on the phone, {found.encoding}, {found.units} characters"
    )


@xframe_options_sameorigin
@csp(
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "sandbox": [],
    }
)
@login_required
@require_safe
def message_html(request: HttpRequest, shard: int, outbox_id: int) -> HttpResponse:
    """The HTML part alone, for a frame that can run nothing, load nothing and go nowhere."""
    rendered = reads.rendered(shard, outbox_id)
    if rendered is None:
        raise Http404
    return HttpResponse(rendered.html)
