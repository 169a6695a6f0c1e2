"""P1 and P2 for texts: a provider that knows a key gets each once, whatever is killed; one that does not leaves doubt, never two."""

from __future__ import annotations

import os
import signal
import tomllib

import pytest

from duecourse.actions.consent import Said, give
from duecourse.actions.go_live import set_mode
from duecourse.actions.receive_text import receive_status
from duecourse.connectors.channels.sms.registry import from_settings
from duecourse.records.models import ContactPoint, Customer, Outbox
from duecourse.records.tenancy import scope
from tests import making
from tests.actions import texting
from tests.actions.sms_double import sms_double
from tests.actions.test_kills import GAPS, run_worker, states
from tests.actions.test_texts import call

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.timeout(900)]

FULL = os.environ.get("DUECOURSE_KILLS") == "full"
PEOPLE, ROUNDS = (2_000, 4) if FULL else (40, 1)
"""Quick kills the places on both sides of the call; DUECOURSE_KILLS=full every place, four times, over 2,000 people."""
KEYED = GAPS if FULL else ["send.after_mark", "send.after_call", "send.before_record"]
KEYLESS = GAPS if FULL else ["send.before_call", "send.after_call"]


def crowd(tmp_path, double, book) -> None:
    """People who may be texted, planned for today, and an installation that is live with this provider."""
    making.crowd(PEOPLE)
    with scope("all"):
        for n, c in enumerate(Customer.objects.order_by("id")):
            of = {"shard": c.shard, "creditor_id": c.creditor_id, "customer_id": c.id}
            number = f"+4477009{n:05d}"
            ContactPoint.objects.create(**of, kind="phone", value=number, created_at=making.NOW)
            give(Said(**of, channel="sms", source="call", address=number, said_by="them"), now=making.NOW)
    making.run_day(tmp_path, playbook=texting.playbook())
    (book.home / "channels.toml").write_text(double.settings())
    set_mode(live=True, who="test", why="test", now=making.NOW)


@pytest.fixture
def home(book):
    yield book
    (book.home / "channels.toml").unlink(missing_ok=True)


def killed(gaps) -> int:
    """Workers that died at these places of the batch."""
    kills = [f"{gap}:{1 + 7 * round_ if gap in GAPS[5:8] else 1}" for round_ in range(ROUNDS) for gap in gaps]
    hit = sum(run_worker("", kill) == -signal.SIGKILL for kill in kills)
    assert hit >= len(kills) - 2 * FULL, "the kills must happen for this test to mean anything"
    return hit


def _only_waiting() -> bool:
    """What is due is due later: a lost answer waits five minutes before it is asked for again."""
    with scope("all"):
        return not Outbox.objects.filter(state="due", due_at__lte=making.NOW).exists()


def test_a_provider_that_knows_keys_gets_every_text_once(tmp_path, home):
    with sms_double("keyed") as double:
        crowd(tmp_path, double, home)
        double.faults = ["", "lost", "503"]
        hit = killed(KEYED)
        while states().get("due") and not _only_waiting():
            run_worker("")
        # So does the clock of the last worker.
        run_worker("", now=making.NOW.replace(minute=40).isoformat())
        final = states()
    assert max(double.delivered.values()) == 1, "a text was delivered twice"
    assert set(final) == {"sent"} and len(final["sent"]) == PEOPLE == len(double.delivered)
    print(f"keyed: kills {hit}, delivered {len(double.delivered)}, lost 0, twice 0")


def test_a_provider_that_knows_no_keys_gets_none_twice_and_its_word_ends_the_doubt(tmp_path, home):
    with sms_double("twilio") as double:
        crowd(tmp_path, double, home)
        hit = killed(KEYLESS)
        while states().get("due"):
            run_worker("")
        run_worker("")
        final = states()
        assert max(double.delivered.values()) == 1, "a text was delivered twice"
        assert set(final) <= {"sent", "uncertain"} and sum(map(len, final.values())) == PEOPLE
        assert len(final.get("uncertain", ())) <= hit, "more in doubt than one a kill"
        doubtful = len(final.get("uncertain", ()))
        provider = from_settings(tomllib.loads(double.settings()))["text"]
        for text in double.texts:
            receive_status(provider, call("twilio", text, "delivered"), now=making.NOW)
    with scope("all"):
        left = Outbox.objects.filter(state="uncertain").count()
    assert left == PEOPLE - len(double.texts), "the provider's word ends the doubt of every text that it has"
    print(f"keyless: kills {hit}, delivered {len(double.delivered)}, in doubt {doubtful}, then {left}")


def test_canary_without_the_durable_mark_a_text_arrives_twice(tmp_path, home):
    with sms_double("twilio") as double:
        crowd(tmp_path, double, home)
        for kill in ("send.after_call:10", ""):
            run_worker("", kill, module="tests.actions.canary_work")
    assert max(double.delivered.values()) > 1
