"""Texts: whom the day may text, what the provider gets, what is known after each way a hand-over can end, what it calls about."""

from __future__ import annotations

import tomllib

import pytest

from duecourse.actions.receive_text import receive_status, receive_text
from duecourse.actions.send import Sender, send_batch
from duecourse.actions.transport import Live
from duecourse.actions.worker import Worker
from duecourse.connectors.channels.sms.registry import from_settings
from duecourse.connectors.channels.sms.text import Call, HookRefused
from duecourse.core.law.rulebook import Rulebook
from duecourse.records.models import Attempt, Consent, ContactPoint, Inbound, Message, Outbox, Reminder, Task
from duecourse.records.tenancy import scope
from tests import making
from tests.actions import texting
from tests.actions.sms_double import LANDLINE, NO_SUCH, OURS, signed, sms_double
from tests.actions.test_send import only
from tests.making import NOW

pytestmark = pytest.mark.usefixtures("book")
KINDS = ("twilio", "vonage", "keyed")


def send(tmp_path, double, *, at=NOW):
    provider = from_settings(tomllib.loads(double.settings()))["text"]
    with Worker(tmp_path / "flight") as worker:
        sent = send_batch(
            Sender(
                worker=worker, transport=Live(texts=provider), base_url="http://localhost:8000", mail_from="", texts_by="text",
                rules=Rulebook.load, clock=lambda: at,
            )
        )  # fmt: skip
    return provider, sent


def plan(tmp_path, number=texting.AGREED, **more):
    made = texting.customer(number, **more)
    making.run_day(tmp_path, playbook=texting.playbook())
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_a_reminder_goes_out_as_a_text_with_sender_segments_and_a_way_to_stop(tmp_path, kind):
    plan(tmp_path)
    with sms_double(kind) as double:
        _, sent = send(tmp_path, double)
    assert (sent.counts["accepted"], double.refused, len(double.texts)) == (1, [], 1)
    text = double.texts[0]
    assert (text["to"], text["from"]) == ("+447700900123", OURS)
    assert "STOP" in text["text"] and "/p/" in text["text"] and 1 <= text["segments"] <= 3
    assert (only(Outbox).state, only(Message).text, only(Message).subject) == (
        "sent",
        text["text"],
        f"Text from {OURS}",
    )


def test_the_day_texts_only_whom_it_may(tmp_path):
    plan(tmp_path, agreed=False)
    with scope("all"):
        assert not Outbox.objects.exists() and Task.objects.get().kind == "no_contact_point"


@pytest.mark.parametrize(("number", "country"), [("020 7946 0018", "GB"), ("12", "GB"), ("not a number", "GB")])
def test_a_number_that_takes_no_texts_is_a_task_and_is_not_tried_again(tmp_path, number, country):
    plan(tmp_path, number)
    with sms_double("twilio") as double:
        send(tmp_path, double)
    assert double.texts == [] and (only(Outbox).state, only(Task).kind, only(Reminder).void) == (
        "failed",
        "bad_address",
        True,
    )
    assert only(ContactPoint).line in ("fixed", "bad")
    making.run_day(tmp_path / "next", at=NOW.replace(day=25), playbook=texting.playbook())
    with scope("all"):
        assert Outbox.objects.count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_busy_provider_is_tried_again_later_and_nothing_is_in_doubt(tmp_path, kind):
    plan(tmp_path)
    with sms_double(kind) as double:
        double.faults = ["429"]
        _, sent = send(tmp_path, double)
    assert sent.server_down and double.texts == [] and only(Outbox).state == "due"


@pytest.mark.parametrize("kind", ["twilio", "vonage"])
def test_an_answer_that_is_lost_leaves_doubt_until_the_provider_says_what_became_of_it(tmp_path, kind):
    plan(tmp_path)
    with sms_double(kind) as double:
        double.faults = ["lost"]
        provider, _ = send(tmp_path, double)
        assert only(Outbox).state == "uncertain"
        _, again = send(tmp_path, double)
    assert again.claimed == 0 and len(double.texts) == 1
    assert receive_status(provider, call(kind, double.texts[0], "delivered"), now=NOW) == "sent"
    assert only(Outbox).state == "sent"


def test_a_lost_answer_is_asked_for_again_where_the_key_is_known_and_one_text_arrives(tmp_path):
    plan(tmp_path)
    with sms_double("keyed") as double:
        double.faults = ["lost"]
        send(tmp_path, double)
        assert only(Outbox).state == "due"
        send(tmp_path, double, at=NOW.replace(minute=30))
    assert only(Outbox).state == "sent" and list(double.delivered.values()) == [1]
    with scope("all"):
        assert (Attempt.objects.count(), Message.objects.count()) == (2, 1)


def test_after_the_keys_time_and_after_a_payment_it_stays_in_doubt_and_is_never_sent_again(tmp_path):
    late, paid = plan(tmp_path), texting.customer("07700 900124")
    making.run_day(tmp_path / "more", at=NOW.replace(minute=1), playbook=texting.playbook())
    with sms_double("keyed") as double:
        double.faults = ["lost", "lost"]
        send(tmp_path, double, at=NOW.replace(minute=2))
        making.pay(paid, paid.debts[0], 10_000)
        send(tmp_path, double, at=NOW.replace(minute=30))
        send(tmp_path, double, at=NOW.replace(day=26))
        assert sum(double.delivered.values()) == 2
    with scope("all"):
        states = dict(Outbox.objects.values_list("customer_id", "state"))
    assert (states[late.id], states[paid.id]) == ("sent", "uncertain")


def url(text) -> str:
    return text["callback"] or "http://localhost:8000/hooks/sms/text/status/"


def call(kind: str, text, status: str, *, code: str = "", at=NOW) -> Call:
    key = text["key"]
    said = {
        "twilio": {"MessageSid": "SM1", "MessageStatus": status, **({"ErrorCode": code} if code else {})},
        "vonage": {"client_ref": key, "status": status, "error": {"type": f"https://x#{code}"}},
        "keyed": {"key": key, "status": status, "code": code},
    }[kind]
    body, headers = signed(kind, url(text), said, int(at.timestamp()))
    return Call(url(text), headers, body)


@pytest.mark.parametrize(
    ("kind", "status", "code", "line", "opted"),
    [
        ("twilio", "undelivered", "30006", "fixed", False),
        ("twilio", "failed", "30005", "bad", False),
        ("twilio", "failed", "21610", "", True),
        ("twilio", "undelivered", "30003", "", False),
        ("vonage", "undeliverable", "1070", "bad", False),
        ("keyed", "landline", "", "fixed", False),
    ],
)
def test_a_text_that_failed_frees_its_step_and_calls_a_person(tmp_path, kind, status, code, line, opted):
    plan(tmp_path)
    with sms_double(kind) as double:
        provider, _ = send(tmp_path, double)
    assert receive_status(provider, call(kind, double.texts[0], status, code=code), now=NOW) == "failed"
    assert (only(ContactPoint).line, only(ContactPoint).ended_at, only(Reminder).void, only(Task).kind) == (
        line, None, True, "bad_address",
    )  # fmt: skip
    with scope("all"):
        assert (Consent.objects.order_by("-id").first().given is False) is opted


@pytest.mark.parametrize("kind", KINDS)
def test_a_call_is_believed_once_and_only_with_its_signature_and_in_its_time(tmp_path, kind):
    plan(tmp_path)
    with sms_double(kind) as double:
        provider, _ = send(tmp_path, double)
    good = call(kind, double.texts[0], "delivered")
    forged = Call(good.url, {name: value[:-3] + "AAA" for name, value in good.headers.items()}, good.body)
    changed = Call(good.url, good.headers, good.body.replace(b"delivered", b"failed"))
    for bad in (
        forged,
        changed,
        Call(good.url, {}, good.body),
        Call(good.url, {"authorization": "Bearer a.b"}, b"\xff"),
    ):
        with pytest.raises(HookRefused):
            receive_status(provider, bad, now=NOW)
    assert receive_status(provider, good, now=NOW) == "sent"
    with pytest.raises(HookRefused, match="replay"):
        receive_status(provider, good, now=NOW)
    last_month = call(kind, double.texts[0], "failed")
    with pytest.raises(HookRefused, match="stale"):
        receive_status(provider, last_month, now=NOW.replace(month=12, day=20))
    assert only(Outbox).state == "sent"


def came(kind: str, number: str, words: str, id_: str = "SM77") -> Call:
    said = {
        "twilio": {"MessageSid": id_, "From": number, "To": OURS, "Body": words},
        "vonage": {"message_uuid": id_, "from": number.lstrip("+"), "to": OURS, "text": words},
        "keyed": {"id": id_, "from": number, "to": OURS, "text": words},
    }[kind]
    address = "http://localhost:8000/hooks/sms/text/in/"
    body, headers = signed(kind, address, said, int(NOW.timestamp()))
    return Call(address, headers, body)


@pytest.mark.parametrize("words", ["STOP", "Stop.", "UNSUBSCRIBE", "stop all", "Please stop texting me"])
def test_stop_ends_texts_to_that_number_at_once(tmp_path, words):
    plan(tmp_path)
    with sms_double("twilio") as double:
        provider = from_settings(tomllib.loads(double.settings()))["text"]
        (taken,) = receive_text(provider, came("twilio", "+447700900123", words), now=NOW)
        assert "stop_contact" in taken.inbound.labels
        send(tmp_path, double)
    assert double.texts == [] and only(Outbox).state == "refused"
    with scope("all"):
        newest = Consent.objects.order_by("-id").first()
    assert (newest.channel, newest.given, newest.address) == ("sms", False, texting.AGREED)


def test_a_text_from_an_unknown_number_is_kept_for_a_person_and_stops_nobody(tmp_path):
    plan(tmp_path)
    with sms_double("keyed") as double:
        provider = from_settings(tomllib.loads(double.settings()))["text"]
        (taken,) = receive_text(provider, came("keyed", NO_SUCH, "Who is this?"), now=NOW)
        send(tmp_path, double)
    assert (taken.inbound.creditor_id, taken.inbound.handled_at, len(double.texts)) == (0, None, 1)
    assert only(Inbound).sender == NO_SUCH and LANDLINE != NO_SUCH
