"""The whole story in words: each event of a timeline as a person on the staff reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from duecourse.actions.dispute import OUTCOMES as OUTCOMES_OF
from duecourse.actions.dispute import REASONS
from duecourse.actions.hold import KINDS
from duecourse.actions.note import OUTCOMES
from duecourse.core.language.listen.own_words import own_words
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import short, stamp
from duecourse.interfaces.desk.act_words import ACTS
from duecourse.interfaces.desk.fact_forms import form_of
from duecourse.interfaces.desk.labels import LABELS
from duecourse.interfaces.desk.receipt import Receipt, receipt
from duecourse.interfaces.money import Money, words
from duecourse.records.reads.timeline import Event

ENTRIES = {
    "invoice": ("sale", "Invoice"),
    "opening": ("sale", "Open when the book began:"),
    "payment": ("pay", "Paid"),
    "credit_note": ("pay", "Credit note"),
    "refund": ("", "Paid back"),
    "write_off": ("", "Written off"),
    "chargeback": ("svc", "Taken back by the bank:"),
}
CHANNELS = {"email": "Email", "phone": "Call", "portal": "Told us on the page", "sms": "Text", "letter": "Letter"}
CAME = {"email": "They wrote", "sms": "They texted", "portal": "They wrote on the page", "call_note": "Sensitive note"}
STATES = {
    "due": Chip("waiting", "hand"),
    "marked": Chip("sending", "hand"),
    "uncertain": Chip("uncertain", "due"),
    "failed": Chip("failed", "fault"),
    "refused": Chip("stopped at the gate", "hold"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story. `shape` is the mark: in, pay, svc, not, sale or plain."""

    title: str
    when: str
    shape: str = ""
    text: str = ""
    quote: str = ""
    link: str = ""
    link_text: str = "See the message"
    chip: Chip | None = None
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Teller:
    """What the words depend on."""

    shard: int
    zone: str
    now: datetime

    def tell(self, event: Event, *, open_receipt: bool = False) -> Told:
        """An event in words."""
        kind, _, state = event.kind.partition(":")
        made: Callable[[Event, str], dict[str, Any]] = getattr(self, f"_{kind}")
        if kind == "decision":
            return Told(
                when=stamp(event.at, self.now, self.zone),
                **made(event, state),
                receipt=receipt(event, self.zone, opened=open_receipt),
            )
        when = self._day(event.at) if kind == "entry" else stamp(event.at, self.now, self.zone)
        return Told(when=when, **made(event, state))

    def _day(self, at: datetime) -> str:
        return short(at.date(), self.now.date(), "en")

    def _money(self, detail: dict[str, Any]) -> str:
        return words(Money(int(detail["amount"] or 0), detail["currency"]), "en")

    def _entry(self, event: Event, state: str) -> dict[str, Any]:
        shape, name = ENTRIES.get(state, ("", state.replace("_", " ").capitalize()))
        refs = ", ".join(event.detail["refs"] or ())
        if state in {"invoice", "opening"}:
            return {"shape": shape, "title": f"{name} {refs}, {self._money(event.detail)}"}
        memo = event.detail["memo"]
        return {
            "shape": shape,
            "title": f"{name} {self._money(event.detail)}",
            "text": "; ".join(x for x in (refs, memo) if x),
        }

    def _payment(self, event: Event, state: str) -> dict[str, Any]:
        what = "Card payment failed" if state == "failed" else "A payment is under way"
        return {"shape": "svc" if state == "failed" else "in", "title": f"{what}, {self._money(event.detail)}"}

    def _promise(self, event: Event, state: str) -> dict[str, Any]:
        by = short(date.fromisoformat(event.detail["by"]), self.now.date(), "en")
        text = f"By {event.detail['channel']}, taken by {event.detail['who']}."
        return {"shape": "in", "title": f"Promised {self._money(event.detail)} by {by}", "text": text}

    def _contact(self, event: Event, state: str) -> dict[str, Any]:
        detail = event.detail
        channel = CHANNELS.get(detail["channel"], detail["channel"])
        if detail["outbox"]:
            link = reverse("desk:message", args=[self.shard, detail["outbox"]])
            chip = STATES.get(detail["state"] or "")
            return {"title": f"{channel}: {detail['subject'] or detail['step']}", "link": link, "chip": chip}
        shape = "in" if state == "in" else ""
        if detail["channel"] == "portal":
            return {
                "shape": "in",
                "title": channel,
                "quote": detail["summary"],
                "text": detail["outcome"].replace("_", " "),
            }
        return {"shape": shape, "title": channel, "text": OUTCOMES.get(detail["outcome"], detail["outcome"])}

    def _fact(self, event: Event, state: str) -> dict[str, Any]:
        form = form_of(event.detail["kind"])
        name = form.name if form else event.detail["kind"]
        title = name if state == "told" else f"No longer so: {name[0].lower()}{name[1:]}"
        text = f"Said by {event.detail['said_by']}. Written down by {event.detail['who']}."
        return {"shape": "in", "title": title, "quote": event.detail["words"], "text": text}

    def _ruling(self, event: Event, state: str) -> dict[str, Any]:
        act = ACTS.get(event.detail["act"], event.detail["act"])
        link = {"link": reverse("desk:ruling", args=[self.shard, event.id]), "link_text": "See the receipt"}
        if state == "passed":
            return {"title": f"{act}: every rule was kept", "text": f"Asked by {event.detail['who']}.", **link}
        text = f"{event.detail['rule'] or 'A rule'} held it. Asked by {event.detail['who']}."
        return {"shape": "not", "title": f"{act}: held", "text": text, **link}

    def _inbound(self, event: Event, state: str) -> dict[str, Any]:
        detail = event.detail
        heard = ", ".join(LABELS[label][0].lower() for label in detail["labels"] if label in LABELS)
        words = " ".join(own_words(detail["text"]).split())
        return {
            "shape": "in",
            "title": CAME[detail["channel"]],
            "quote": words if len(words) <= 300 else words[:300].rsplit(" ", 1)[0] + " …",
            "text": "Sensitive. People trained for it read the words." if detail["secret"] else f"Heard: {heard}.",
            "link": reverse("desk:inbound", args=[detail["shard"], event.id]),
            "chip": None if detail["handled_by"] else Chip("waits for an answer", "due"),
        }

    def _ticket(self, event: Event, state: str) -> dict[str, Any]:
        detail = event.detail
        name = {"ticket": "Service ticket", "complaint": "Complaint"}[detail["kind"]]
        if not detail["closed_by"]:
            return {"shape": "svc", "title": f"{name} opened ({detail['system']})", "chip": Chip("open", "hand")}
        text = detail["outcome"] or "Closed without words for the customer."
        return {"shape": "svc", "title": f"{name} answered by {detail['closed_by']}", "text": text}

    def _note(self, event: Event, state: str) -> dict[str, Any]:
        return {"title": "Listening note", "quote": event.detail["text"], "text": f"{event.detail['who']}."}

    def _consent(self, event: Event, state: str) -> dict[str, Any]:
        channel = CHANNELS.get(event.detail["channel"], event.detail["channel"]).lower()
        verb = "Reminders welcome again" if state == "given" else "No more reminders"
        return {"shape": "in", "title": f"{verb} by {channel}", "text": f"Said on the {event.detail['source']}."}

    def _arrangement(self, event: Event, state: str) -> dict[str, Any]:
        detail = event.detail
        kind = detail["kind"].replace("_", " ")
        what = {"agreed": f"Agreed: {kind}", "kept": f"Kept to the end: {kind}"}.get(
            state, f"{kind.capitalize()} {state}"
        )
        version = f"Version {detail['version']}. " if detail["version"] > 1 else ""
        text = f"{version}{_sentence(detail['why'] or '')}Proposed by {detail['who']}."
        return {"shape": "pay" if state == "kept" else "svc", "title": f"{what}, {self._money(detail)}", "text": text}

    def _dispute(self, event: Event, state: str) -> dict[str, Any]:
        detail = event.detail
        reason = REASONS.get(detail["reason"], detail["reason"])
        if state == "open":
            by = self._day_in_words(detail["answer_by"])
            text = f"We answer by {by}. Opened by {detail['who']}."
            return {"shape": "in", "title": f"Dispute: {reason.lower()}", "quote": detail["words"], "text": text}
        text = f"{_sentence(detail['answer'])}Answered by {detail['who']}."
        return {
            "shape": "svc",
            "title": f"{OUTCOMES_OF[state]}: {reason.lower()}",
            "quote": detail["words"],
            "text": text,
        }

    def _day_in_words(self, iso: str) -> str:
        return short(date.fromisoformat(iso), self.now.date(), "en")

    def _hold(self, event: Event, state: str) -> dict[str, Any]:
        detail = event.detail
        ends = f" until {self._day(datetime.fromisoformat(detail['until']))}" if detail["until"] else ""
        chip = Chip("lifted", "done") if detail["lifted_by"] else None
        title = f"On hold{ends}: {KINDS.get(detail['kind'], detail['kind']).lower()}"
        return {
            "shape": "svc",
            "title": title,
            "text": f"{_sentence(detail['reason'])}Placed by {detail['who']}.",
            "chip": chip,
        }

    def _task(self, event: Event, state: str) -> dict[str, Any]:
        detail = event.detail
        if not detail["closed"]:
            return {"shape": "svc", "title": detail["title"], "chip": Chip("open", "hand")}
        text = f"Done by {detail['closed_by']}. {detail['outcome']}".strip()
        return {"shape": "svc", "title": detail["title"], "text": text, "chip": Chip("done", "done")}

    def _decision(self, event: Event, state: str) -> dict[str, Any]:
        detail = event.detail
        stopped = f" Stopped later: {detail['refused']}." if detail["state"] == "refused" else ""
        return {
            "shape": "not" if stopped else "",
            "title": "Decision",
            "text": f"{detail['channel'].capitalize()}, step {detail['step']}.{stopped}",
        }


def _sentence(text: str) -> str:
    """With its full stop and a space; nothing for nothing.

    >>> _sentence("Ticket 4417"), _sentence("Asked twice."), _sentence("")
    ('Ticket 4417. ', 'Asked twice. ', '')
    """
    return f"{text.rstrip('. ')}. " if text.strip() else ""
