"""Why am I getting this? What we knew, what we decided, what we chose not to do: in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from duecourse.core.law.rulebook import Rulebook
from duecourse.interfaces.dates import clock, day
from duecourse.interfaces.portal.entrance import Visit, through_link, with_second_fact
from duecourse.interfaces.portal.owes import today
from duecourse.records.reads.portal import Letter, letter, link_row
from duecourse.records.reads.rulings import Ruling, of_message


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that we knew."""

    name: str
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """The page."""

    token: str
    opening: str
    facts: tuple[Fact, ...]
    decided: str
    not_done: tuple[str, ...]
    limits: str = ""
    decision: str = ""
    rules: int = 0


@require_safe
@through_link
@with_second_fact
def page(visit: Visit) -> HttpResponse:
    link = link_row(visit.opened.shard, visit.opened.link_id)
    sent = letter(visit.opened.shard, link.outbox_id) if link.outbox_id else None
    ruled = of_message(visit.opened.shard, link.outbox_id) if link.outbox_id else None
    shown = explain(visit, sent, ruled) if sent else by_hand(visit)
    return render(visit.request, "portal/why.html", {"sender": visit.sender, "page": shown})


def by_hand(visit: Visit) -> Why:
    """The link was given by a person, not by a message of ours."""
    return Why(
        visit.token,
        opening=_("A person in our team gave you this link."),
        facts=_what_is_open(visit),
        decided=_("No machine decided this. You can ask the person who gave you the link."),
        not_done=(_("We added no fee."), _("We told no one else.")),
    )


def explain(visit: Visit, sent: Letter, ruled: Ruling | None = None) -> Why:
    """The message, the decision behind it, and what the rules were asked just before it left."""
    zone, now = visit.account.creditor.timezone, today(visit)
    local = sent.sent_at.astimezone(ZoneInfo(zone))
    on = day(local.date(), now)
    return Why(
        visit.token,
        opening=_("On %(day)s we sent you an email. This is how that was decided, and what we held back.")
        % {"day": on},
        facts=(
            *(
                Fact(
                    _("The invoice"),
                    _("%(ref)s was due on %(day)s. It was still open.") % {"ref": ref, "day": day(due, now)}
                    if due < local.date()
                    else _("%(ref)s is due on %(day)s.") % {"ref": ref, "day": day(due, now)},
                )
                for ref, due in sent.named[:5]
            ),
            Fact(_("Your payments"), _("We looked just before we wrote. No payment was on its way.")),
            Fact(_("Anything that should stop us"), _("No question, pause or promise was open.")),
            *(_told(ruled, now) if ruled else ()),
        ),
        decided=_("One email, at %(time)s. %(why)s") % {"time": clock(sent.sent_at, zone), "why": _why(sent.step)},
        not_done=(_("We did not call."), _("We added no fee."), _("We told no one else.")),
        limits=_counted(ruled) if ruled else _limits(sent, zone),
        decision=f"D-{sent.decision_id:x}" if sent.decision_id else "",
        rules=len(ruled.rules) if ruled else len(sent.rules),
    )


def _told(ruled: Ruling, now: date) -> tuple[Fact, ...]:
    """What they told us themselves, as it stood when the message left."""
    media = {"call": _("calls"), "sms": _("texts"), "email": _("emails"), "letter": _("letters"), "any": _("any way")}
    found = []
    agreed = [c for c in ruled.facts.get("consents", ()) if c.get("kind") == "email" and "until" not in c and "at" in c]
    if agreed:
        on = day(datetime.fromisoformat(agreed[-1]["at"]).date(), now)
        found.append(Fact(_("What you agreed to"), _("You said on %(day)s that we may write emails.") % {"day": on}))
    stopped = sorted({media[s["medium"]] for s in ruled.facts.get("suppressions", ()) if s.get("medium") in media})
    if stopped:
        said = _("You asked for no %(media)s. We keep to that.") % {"media": ", ".join(stopped)}
        found.append(Fact(_("What you asked us to leave"), said))
    if ruled.facts.get("preferences"):
        found.append(Fact(_("Your times"), _("You told us times that do not suit you. We wrote outside them.")))
    there = next((p["local"] for p in ruled.places if p["local"]), "")
    if there:
        found.append(Fact(_("Your time of day"), _("It was %(time)s where you are.") % {"time": there[-5:]}))
    return tuple(found)


def _counted(ruled: Ruling) -> str:
    """How often all teams had been in touch, and how often our own rule allows."""
    numbers = Rulebook.load(as_of=ruled.at.date())["HOUSE-BUDGET"].numbers
    before = ruled.asked.get("counts", {}).get("contacts", 0)
    had = ngettext(
        "In the week before we were in touch %(n)s time.", "In the week before we were in touch %(n)s times.", before
    ) % {"n": before}
    may = _("We allow %(most)s in %(days)s days, for all our teams together.")
    return f"{had} {may % {'most': numbers['max'], 'days': numbers['days']}}"


def _what_is_open(visit: Visit) -> tuple[Fact, ...]:
    now = today(visit)
    return tuple(
        Fact(
            _("The invoice"),
            _("%(ref)s has the date %(day)s. It is open.") % {"ref": d.ref, "day": day(d.due_date, now)},
        )
        for d in visit.account.debts[:5]
    )


def _why(step: str) -> str:
    words = {
        "pre_due": _("A short note before the date helps many firms."),
        "due": _("The date had come."),
        "day7": _("About a week had passed since the date."),
        "day14": _("About two weeks had passed since the date."),
        "day21": _("About three weeks had passed since the date."),
        "day30": _("About a month had passed since the date."),
    }
    return words.get(step, "")


def _limits(sent: Letter, zone: str) -> str:
    """What our rules on how often said, where a message came before this one."""
    if sent.before is None:
        return _("We keep a limit on how often we write, for all our teams together. This was our first message.")
    days = max(1, (sent.sent_at - sent.before) // timedelta(days=1))
    return ngettext(
        "We keep a limit on how often we write, for all our teams together. The last one was %(days)s day before.",
        "We keep a limit on how often we write, for all our teams together. The last one was %(days)s days before.",
        days,
    ) % {"days": days}
