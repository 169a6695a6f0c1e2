"""What went out and what came in → log rows, and what the person's words ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from duecourse.core.law import words
from duecourse.core.law.exam.dossier import Dossier, instant

Event = Mapping[str, Any]
SENT = {
    "call_out": "phone_call",
    "sms_out": "sms",
    "email_out": "email",
    "letter_out": "letter",
    "voicemail_out": "voicemail",
    "ringless_voicemail_out": "ringless_voicemail",
    "validation_notice_sent": "letter",
    "verification_sent": "letter",
}
CAME = {
    "call_in": "inbound_call_response",
    "sms_in": "sms",
    "email_in": "email",
    "letter_in": "letter",
    "voicemail_in": "voicemail",
    "portal_message_in": "portal",
}
MEDIUM = {
    "call_in": "call",
    "voicemail_in": "call",
    "sms_in": "sms",
    "email_in": "email",
    "letter_in": "letter",
    "portal_message_in": "portal",
}
SAID = {
    "phone": "call",
    "call": "call",
    "email": "email",
    "sms": "sms",
    "text": "sms",
    "letter": "letter",
    "mail": "letter",
    "portal": "portal",
}
WORK = {"work": "work_landline", "home": "home_landline", "mobile": "mobile"}


def sent(dossier: Dossier, event: Event, channel: str) -> None:
    result = event.get("result")
    talked = result == "answered_conversation"
    named = event.get("debt_ids") or []
    counted = event.get("counted_toward", named)
    discussed = event.get("discussed") or counted
    number = event.get("number")
    contact = dossier.contact()
    for name in dict.fromkeys([*named, *counted, *discussed]) or [None]:
        dossier.add(
            "log",
            person=dossier.person(event.get("to", "P1")),
            contact=contact,
            debt=dossier.debt(name) if name else None,
            channel=channel,
            direction="out",
            at=instant(event["at"]),
            result=result,
            conversation=talked,
            discussed=name is None or name in discussed,
            counted=name is None or name in counted,
            reply=bool(event.get("in_response_to")),
            point=number or event.get("address"),
            address_kind=event.get("address_kind") or event.get("number_kind") or WORK.get(number or ""),
            purpose=event.get("purpose"),
            about_debt=False if str(result).endswith("_lcm") else event.get("about_debt"),
            by_us=event.get("by", "us") not in ("previous_collector", "prior_collector", "creditor", "other_collector"),
            asks_reply=words.asks_to_be_called(event.get("statement", "")),
        )
    if event.get("validation_information_given_orally"):
        for debt in dossier.each_debt(named):
            dossier.add("validations", debt=debt, at=instant(event["at"]), method="oral")


def came(dossier: Dossier, event: Event, channel: str) -> None:
    at, text = instant(event["at"]), event.get("text", "")
    point = event.get("number") or event.get("address")
    if event.get("from", "P1") not in ("P1", "consumer"):
        if words.is_stranger(text) and point:
            dossier.add("points", point=point, not_theirs_at=at)
        return
    for debt in dossier.each_debt(event.get("debt_ids")):
        dossier.add(
            "log",
            person=dossier.person("P1"),
            contact=dossier.contact(),
            debt=debt,
            channel=channel,
            direction="in",
            at=at,
            conversation=bool(event.get("conversation")),
            discussed=True,
            counted=False,
            point=point,
            asks_reply=event["type"] == "voicemail_in" and words.asks_to_be_called(text),
        )
    written = event["type"] in ("letter_in", "email_in", "sms_in", "portal_message_in")
    if event.get("kind") in ("cease_communication", "refusal_to_pay") or (
        written and not event.get("kind") and words.asks_to_cease(text)
    ):
        for debt in dossier.each_debt(event.get("debt_ids")):
            dossier.add("ceases", debt=debt, kind=event.get("kind"), at=at)
    elif event.get("kind") == "opt_out":
        dossier.add("suppressions", medium=MEDIUM[event["type"]], point=point, at=at)
    else:
        _stop(dossier, text, MEDIUM[event["type"]], point, event)


def _stop(dossier: Dossier, text: str, through: str, point: str | None, event: Event) -> None:
    for medium in words.media_to_stop(text, through):
        dossier.add("suppressions", medium=medium, point=point if medium == through else None, at=instant(event["at"]))


def stated(dossier: Dossier, event: Event) -> None:
    text, at = event.get("text", ""), instant(event["at"])
    through = SAID.get(event.get("via", "phone"), "call")
    if words.rules_out_work(text):
        dossier.add("places", place="work", employer=True, at=at)
    elif words.rules_out_home(text):
        dossier.add("places", place="home", at=at)
    else:
        _stop(dossier, text, through, event.get("number") or event.get("address"), event)
    if words.has_lawyer(text):
        dossier.add("representations", kind="attorney", reachable=None, at=at)
    if words.refuses_as_barred(text):
        dossier.add("notices", kind="refused_statute_barred", at=at)
    if through in ("letter", "email", "portal") and words.asks_to_cease(text):
        dossier.add("ceases", at=at)
