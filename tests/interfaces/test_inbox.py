"""Who may see what came in: sealed words open to trained people alone, another creditor's messages to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from duecourse.actions.answer_inbound import claim
from duecourse.records.models import Inbound, Membership
from duecourse.records.reads.inbox import clock
from duecourse.records.tenancy import scope
from duecourse.site.clock import now
from tests import making
from tests.browser.test_inbox_pages import write_in

pytestmark = pytest.mark.usefixtures("book")


def test_sealed_words_open_to_trained_people_alone() -> None:
    client = Client()
    write_in()
    with scope("all"):
        row = Inbound.objects.exclude(sealed=None).get()
    for role, sees in (("collector", False), ("specialist", True)):
        user = get_user_model().objects.create_user(f"{role}@example.test", password="x" * 20)
        Membership.objects.create(user=user, creditor_id=row.creditor_id, role=role, created_at=now())
        client.force_login(user)
        for path in ("/desk/inbox/", f"/desk/inbox/{row.shard}/{row.id}/"):
            assert ("depression" in client.get(path).content.decode()) is sees
        done = client.post(f"/desk/inbox/{row.shard}/{row.id}/act/", {"said": "care"})
        assert done.status_code == (302 if sees else 404)
    with scope("all"):
        assert Inbound.objects.get(id=row.id).taken_by == "specialist@example.test"


def test_another_creditors_message_is_not_there() -> None:
    client = Client()
    write_in()
    with scope("all"):
        row = Inbound.objects.exclude(creditor_id=0).first()
    user = get_user_model().objects.create_user("other@example.test", password="x" * 20)
    Membership.objects.create(user=user, creditor_id=making.creditor("Theirs").id, role="lead", created_at=now())
    client.force_login(user)
    assert client.get(f"/desk/inbox/{row.shard}/{row.id}/").status_code == 404
    assert client.post(f"/desk/inbox/{row.shard}/{row.id}/act/", {"said": "done"}).status_code == 404
    assert "Which invoice" not in client.get("/desk/inbox/").content.decode()


def test_a_provider_calls_through_the_door_and_only_with_its_signature(monkeypatch) -> None:
    """The addresses themselves: unknown names, bad signatures, and one that is kept."""
    from duecourse.actions import text_providers as known
    from duecourse.connectors.channels.sms.registry import from_settings
    from duecourse.interfaces.api import texts
    from tests.actions.test_texts import came

    monkeypatch.setattr(
        texts, "text_providers",
        lambda: from_settings({"text": {"kind": "twilio", "account": "AC1", "token": "tok", "from": "+447700900999"}}),
    )  # fmt: skip
    client, call = Client(), came("twilio", "+447700900123", "Hello?")
    send = lambda path, signature: client.post(  # noqa: E731
        path, call.body, content_type="application/x-www-form-urlencoded", headers={"X-Twilio-Signature": signature}
    )
    good = call.headers["x-twilio-signature"]
    answers = [send(p, s).status_code for p, s in (
        ("/hooks/sms/other/in/", good), ("/hooks/sms/text/in/", "no"), ("/hooks/sms/text/in/", good), ("/hooks/sms/text/in/", good),
        ("/hooks/tickets/zendesk/", good),
    )]  # fmt: skip
    assert answers == [404, 400, 200, 200, 404] and client.get("/hooks/sms/text/in/").status_code == 405
    with scope("all"):
        assert Inbound.objects.count() == 1 and known.text_providers() == {}


def test_the_time_to_a_human_is_measured() -> None:
    write_in()
    with scope("all"):
        harm = Inbound.objects.exclude(sealed=None).get()
        asked = Inbound.objects.get(sender="who@mail.example")
        claim(harm, by="Priya", now=harm.received_at + timedelta(minutes=12))
        claim(asked, by="Priya", now=asked.received_at + timedelta(hours=30))
        found = clock(now=harm.received_at + timedelta(days=2))
    assert (round(found.harm_minutes), found.harm_count, round(found.in_time, 2)) == (12, 1, 0.33)
