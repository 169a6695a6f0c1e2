"""What people told us reaches the gate: each kind changes the answer, and facts that cannot be true go to a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import IntegrityError

from duecourse.actions.consent import Said, give, withdraw
from duecourse.actions.end_circumstance import end_circumstance
from duecourse.actions.hear_customer import Caller, not_them
from duecourse.actions.note import log_call
from duecourse.actions.pass_gate import Act, pass_gate
from duecourse.actions.record_circumstance import Told, record_circumstance
from duecourse.actions.replay import replay
from duecourse.core.decide.decide import decide
from duecourse.core.decide.playbook import packaged
from duecourse.core.law.rulebook import Rulebook
from duecourse.core.law.telling import Untold
from duecourse.records import snapshot
from duecourse.records.models import Circumstance, Contact, ContactPoint, Customer, Hold, Outbox, PayLink, Ruling, Task
from duecourse.records.tenancy import scope
from tests import making
from tests.making import Made

pytestmark = pytest.mark.usefixtures("book")

AT = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
"""A Tuesday, eleven in the morning in Ohio, four in the afternoon in London."""
RULES = Rulebook.load(as_of=AT.date())


def american(**more: Any) -> Made:
    """A consumer in Ohio; an agency collects the debt."""
    of = making.creditor("Agency client", country="US", timezone="America/New_York", is_agency_client=True)
    made = making.customer(of=of, kind="person", currency="USD", **more)
    return _moved(made, country="US", region="OH")


def briton(**more: Any) -> Made:
    """A person in London, who owes the creditor itself."""
    return making.customer(kind="person", **more)


def _moved(made: Made, **where: str) -> Made:
    with scope("all"):
        Customer.objects.filter(shard=made.shard, id=made.id).update(**where)
    return made


def told(made: Made, kind: str, data: Mapping[str, Any], **more: Any) -> Circumstance:
    of = {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}
    by = {"said_by": "the customer", "source": "letter", "recorded_by": "Priya"}
    with scope("all"):
        return record_circumstance(Told(**of, **by, kind=kind, data=data, **more), now=AT - timedelta(hours=1))


def verdict(made: Made) -> tuple[str, str]:
    facts = snapshot.of_customers([made.key], at=AT)
    row = decide(facts, playbook=packaged(), rules=RULES).row(0, named=True)
    return row["verdict"], row["why"]


def test_email_of_an_agency_to_a_consumer_needs_a_basis_and_goes_with_one() -> None:
    made = american()
    assert verdict(made) == ("wait", "rule:HOUSE-SAFE-HARBOUR")
    consent = told(made, "consents", {"kind": "email", "given_to": "collector"}, point_id=made.point_id)
    assert verdict(made)[0] == "contact"
    with scope("all"):
        end_circumstance(made.shard, consent.id, said_by="the customer", by="Priya", now=AT - timedelta(minutes=1))
    assert verdict(made) == ("wait", "rule:HOUSE-SAFE-HARBOUR")


def test_consents_said_on_the_page_count_and_those_given_to_the_creditor_do_not() -> None:
    for source, expected in (("portal", "contact"), ("import", "wait")):
        made = american()
        said = Said(made.shard, made.creditor_id, made.id, "email", source)
        with scope("all"):
            give(said, now=AT - timedelta(days=1))
        assert verdict(made)[0] == expected, source
        with scope("all"):
            withdraw(said, now=AT - timedelta(hours=2))
        assert verdict(made)[0] != "contact", source


STOPS = [
    # who       kind               data                                                        the reason
    (briton, "ceases", {"kind": "cease_communication"}, "rule:HOUSE-CEASE"),
    (american, "ceases", {"kind": "refusal_to_pay"}, "rule:US-REGF-6c-CEASE"),
    (american, "representations", {"kind": "attorney", "reachable": True}, "rule:US-REGF-6b2-ATTORNEY"),
    (american, "bankruptcies", {"kind": "filed"}, "rule:US-BK-STAY"),
    (american, "disputes", {"kind": "dispute", "written": True}, "rule:US-REGF-38-DISPUTE"),
    (american, "suppressions", {"medium": "email"}, "rule:US-REGF-14h-MEDIUM"),
    (briton, "disputes", {"kind": "dispute", "written": False}, "rule:UK-CONC-7.14"),
    (briton, "breathing_spaces", {"kind": "standard", "starts_on": "2026-11-10"}, "rule:UK-BREATHING-SPACE"),
    (briton, "notices", {"kind": "mental_capacity"}, "rule:UK-CONC-7.10"),
]  # fmt: skip


def test_what_was_told_holds_and_what_was_ended_does_not() -> None:
    for who, kind, data, why in STOPS:
        made = who()
        if who is american:
            told(made, "consents", {"kind": "email", "given_to": "collector"}, at=AT - timedelta(days=1))
        assert verdict(made)[0] == "contact"
        fact = told(made, kind, data)
        assert verdict(made) == ("wait", why), (kind, data)
        with scope("all"):
            end_circumstance(made.shard, fact.id, said_by="the customer", by="Priya", now=AT - timedelta(minutes=1))
        assert verdict(made)[0] == "contact", (kind, data)


def test_a_time_that_is_not_welcome_waits_for_its_end() -> None:
    made = briton()
    told(made, "preferences", {"start_minute": 15 * 60, "end_minute": 17 * 60})
    facts = snapshot.of_customers([made.key], at=AT)
    row = decide(facts, playbook=packaged(), rules=RULES).row(0, named=True)
    assert row["verdict"] == "contact" and row["not_before"] == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def test_every_place_told_counts() -> None:
    made = american()
    told(made, "consents", {"kind": "email", "given_to": "collector"})
    told(made, "locations", {"source": "told", "tz": "Pacific/Honolulu", "jurisdiction": "US-HI"})
    facts = snapshot.of_customers([made.key], at=AT)
    row = decide(facts, playbook=packaged(), rules=RULES).row(0, named=True)
    # Nine in the morning in Honolulu is two in the afternoon in Ohio.
    assert row["not_before"] == datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
    assert "HOUSE-HOURS" in {rule["id"] for rule in row["rules"]}


BAD = [
    # where the customer is                                 what follows
    ({"country": "US", "region": ""}, ("task", "rule:SCOPE-NO-LOCATION")),
    ({"country": "GB", "timezone": "Mars/Base"}, ("task", "rule:SCOPE-NO-LOCATION")),
    ({"country": "NZ"}, ("task", "rule:SCOPE-UNCOVERED")),
    ({"country": "FR"}, ("task", "rule:SCOPE-UNCOVERED")),
    ({"country": "GB", "address": "1 Royal Mile, Edinburgh EH1 1AA"}, ("contact", "step_reached")),
]


def test_an_unknown_place_goes_to_a_person() -> None:
    for where, expected in BAD:
        assert verdict(_moved(briton(), **where)) == expected, where


def test_the_postcode_says_which_law_holds() -> None:
    made = _moved(briton(), address="1 Royal Mile, Edinburgh EH1 1AA")
    of = {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}
    with scope("all"):
        ContactPoint.objects.create(**of, kind="letter", value="5 The Green\nBelfast BT1 5GS", created_at=AT)
    with scope("all"):
        ruling, _ = pass_gate(Act(**of, act="letter"), lambda r: r, by="Priya", rules=RULES, now=AT)
    assert {p["jurisdiction"] for p in ruling.places} == {"UK-SCT", "UK-NIR"}


def test_facts_that_cannot_all_be_true_go_to_a_person() -> None:
    both, ahead = briton(), briton()
    told(both, "consents", {"kind": "email", "given_to": "collector"}, at=AT - timedelta(days=3))
    told(both, "suppressions", {"medium": "email"}, at=AT - timedelta(days=3))
    with scope("all"):
        of = {"shard": ahead.shard, "creditor_id": ahead.creditor_id, "customer_id": ahead.id}
        Contact.objects.create(**of, channel="phone", direction="out", purpose="collection", at=AT + timedelta(days=2))
    assert verdict(both) == verdict(ahead) == ("task", "facts_in_doubt")
    with scope("all"):
        ruling, gone = pass_gate(
            Act(ahead.shard, ahead.creditor_id, ahead.id, "letter"), lambda r: True, by="Priya", rules=RULES, now=AT
        )
    assert gone is None and "dated ahead of now" in ruling.rules[0]["detail"]


def test_events_told_out_of_order_are_read_by_their_own_time() -> None:
    made = briton()
    told(made, "suppressions", {"medium": "email"}, at=AT - timedelta(days=9), until=AT - timedelta(days=5))
    assert verdict(made)[0] == "contact"
    told(made, "ceases", {"kind": "cease_communication"}, at=AT - timedelta(days=20))
    assert verdict(made) == ("wait", "rule:HOUSE-CEASE")


def test_what_no_rule_could_read_is_not_written_down() -> None:
    made, other = briton(), briton()
    for kind, data, more in (
        ("horoscope", {}, {}),
        ("ceases", {"kind": "cease_communication", "moon": 1}, {}),
        ("ceases", {"kind": "please"}, {}),
        ("locations", {"tz": "Mars/Base", "jurisdiction": "UK"}, {}),
        ("disputes", {"kind": "dispute", "written": "yes"}, {}),
        ("ceases", {"kind": "refusal_to_pay"}, {"at": AT + timedelta(days=1)}),
        ("ceases", {"kind": "refusal_to_pay"}, {"debt_id": other.debts[0]}),
        ("ceases", {"kind": "refusal_to_pay"}, {"person_id": 12345}),
    ):
        with pytest.raises(Untold):
            told(made, kind, data, **more)
    with scope("all"):
        assert not Circumstance.objects.exists()


def test_an_ending_names_a_fact_of_its_own_customer() -> None:
    made, other = briton(), briton()
    fact = told(made, "ceases", {"kind": "refusal_to_pay"})
    row = {
        "shard": made.shard, "creditor_id": other.creditor_id, "kind": "ceases", "said_by": "x", "source": "staff",
        "recorded_by": "x", "at": AT, "recorded_at": AT, "ends_id": fact.id,
    }  # fmt: skip
    with scope("all"):
        stranger = Customer.objects.create(
            shard=made.shard, creditor_id=made.creditor_id, ref="other", name="x", created_at=AT
        )
    with pytest.raises(IntegrityError, match="same customer"), scope("all"):
        Circumstance.objects.create(**row, customer_id=stranger.id)
    with pytest.raises(IntegrityError, match="same customer"), scope("all"):
        Circumstance.objects.create(**{**row, "kind": "disputes"}, customer_id=made.id)


def test_a_wrong_person_is_written_to_no_more_and_told_nothing() -> None:
    made = briton()
    of = {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}
    waits = {
        "channel": "email",
        "contact_point_id": made.point_id,
        "template": "reminder",
        "due_at": AT,
        "created_at": AT,
    }
    with scope("all"):
        address = ContactPoint.objects.get(shard=made.shard, id=made.point_id).value
        sent = Outbox.objects.create(**of, key="a", **waits, changed_at=AT, state="sent")
        waiting = Outbox.objects.create(**of, key="b", **waits, changed_at=AT)
        links = [
            PayLink.objects.create(**of, outbox_id=sent.id, created_at=AT, expires_at=AT + timedelta(days=9))
            for _ in range(2)
        ]
        not_them(Caller(**of), links[0].id, now=AT - timedelta(minutes=1))
        assert ContactPoint.objects.get(shard=made.shard, id=made.point_id).ended_why == "wrong_person"
        assert not ContactPoint.objects.filter(value=address, ended_at__isnull=True).exists()
        assert Outbox.objects.get(shard=made.shard, id=waiting.id).state == "refused"
        assert not PayLink.objects.filter(revoked_at__isnull=True).exists()
        assert Hold.objects.get().kind == "wrong_person" and Task.objects.get().kind == "wrong_person"
        fact = Circumstance.objects.get()
        assert fact.kind == "points" and fact.contact_point_id == made.point_id and not fact.words
    act = Act(**of, act="email", point_id=made.point_id)
    with scope("all"):
        ruling, gone = pass_gate(act, lambda r: True, by="Priya", rules=RULES, now=AT)
    assert gone is None and any("reached somebody else" in (rule["detail"] or "") for rule in ruling.rules)


def test_every_act_keeps_its_receipt_and_a_purge_is_held_by_retention() -> None:
    made = american()
    of = {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}
    purge = Act(**of, act="purge", content={"record": "account", "last_activity_on": AT.date() - timedelta(days=400)})
    later = Act(**of, act="purge", content={"record": "account", "last_activity_on": AT.date() - timedelta(days=1200)})
    bureau = Act(**of, act="credit_bureau", debts=made.debts)
    done: list[str] = []
    with scope("all"):
        for act in (purge, later, bureau):
            pass_gate(act, lambda r: done.append(r.act), by="Priya", rules=RULES, now=AT)
        kept = list(Ruling.objects.order_by("id"))
    assert [(r.act, r.passed) for r in kept] == [("purge", False), ("purge", True), ("credit_bureau", False)]
    assert done == ["purge"] and kept[0].rules[0]["id"] == "US-REGF-100-RETENTION"
    assert kept[2].rules[0]["id"] == "US-REGF-30a-FURNISH" and kept[0].rules_digest == RULES.fingerprint
    with pytest.raises(ValueError, match="not an act"), scope("all"):
        pass_gate(Act(**of, act="pigeon"), lambda r: None, by="Priya", rules=RULES, now=AT)


def test_a_debt_that_was_paid_is_not_placed() -> None:
    made = american()
    making.pay(made, made.debts[0], 10_000, currency="USD")
    act = Act(made.shard, made.creditor_id, made.id, "agency_file", debts=made.debts)
    with scope("all"):
        ruling, gone = pass_gate(act, lambda r: True, by="Priya", rules=RULES, now=AT)
    assert gone is None and ruling.rules[0]["id"] == "US-REGF-30b-TRANSFER"


def test_a_run_replays_to_the_bit_with_all_that_was_told(tmp_path: Path) -> None:
    made, other = american(), briton()
    told(made, "consents", {"kind": "email", "given_to": "collector"}, point_id=made.point_id)
    told(made, "preferences", {"start_minute": 720, "end_minute": 780, "days": 31})
    told(other, "ceases", {"kind": "cease_communication"})
    with scope("all"):
        who = Customer.objects.get(shard=made.shard, id=made.id)
        log_call(who, "talked", "", author="Priya", now=AT - timedelta(days=2), discussed=made.debts)
    day = making.run_day(tmp_path, at=AT)
    again = replay(day.run_id, folder=tmp_path)
    assert again.customers == 2 and again.differ == ()
    # Canary: what was told is part of what is decided.
    for path in (tmp_path / str(day.run_id)).glob("*.circumstances.parquet"):
        pl.read_parquet(path).head(0).write_parquet(path)
    assert replay(day.run_id, folder=tmp_path).differ != ()
