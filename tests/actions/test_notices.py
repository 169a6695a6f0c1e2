"""Notices are given through the gate, kept, and seen by every rule that builds on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from duecourse.actions.end_circumstance import end_circumstance
from duecourse.actions.give_notice import Notice, give_notice
from duecourse.actions.pass_gate import Act, pass_gate
from duecourse.connectors.documents.blocks import Text
from duecourse.connectors.documents.kinds.last_resort import last_resort
from duecourse.connectors.documents.kinds.places import places
from duecourse.connectors.documents.kinds.validation import validation
from duecourse.connectors.documents.saying import Money
from duecourse.core.law.rulebook import Rulebook
from duecourse.core.law.validation_period import validation_end
from duecourse.records.models import Circumstance, Contact
from duecourse.records.tenancy import scope
from tests import making
from tests.actions.test_circumstances import AT, american
from tests.connectors.documents import samples

pytestmark = pytest.mark.usefixtures("book")
RULES = Rulebook.load(as_of=AT.date())


def hand_off(made, at):
    act = Act(made.shard, made.creditor_id, made.id, "agency_file", debts=made.debts)
    with scope("all"):
        ruling, gone = pass_gate(act, lambda r: True, by="Priya", rules=Rulebook.load(as_of=at.date()), now=at)
    return gone, ruling


def last_word(made, by, **more):
    document = last_resort(samples.head(), open_=Money(10_000, "GBP"), what="INV-1", by=by, agency="Harbour")
    return Notice(made.shard, made.creditor_id, made.id, "last_resort", document, by, **more)


def test_nothing_is_handed_on_before_the_customer_was_told_and_the_date_has_passed(tmp_path):
    made, by = making.customer(late=(60,)), making.TODAY + timedelta(days=14)
    gone, ruling = hand_off(made, making.NOW)
    assert gone is None and "HOUSE-LAST-RESORT" in [rule["id"] for rule in ruling.rules]
    with scope("all"):
        given = give_notice(last_word(made, by), by="Priya", rules=RULES, folder=tmp_path, now=making.NOW)
    assert given.path is not None and given.path.stem == sha256(given.path.read_bytes()).hexdigest()
    gone, ruling = hand_off(made, making.NOW + timedelta(days=1))
    assert gone is None and ruling.not_before is not None and ruling.not_before.date() in (by, by + timedelta(days=1))
    assert hand_off(made, making.NOW + timedelta(days=14))[0] is None
    assert hand_off(made, making.NOW + timedelta(days=15))[0] is True


def test_a_notice_that_came_back_or_is_about_another_debt_does_not_count(tmp_path):
    made, by = making.customer(late=(60, 70)), making.TODAY + timedelta(days=3)
    later = making.NOW + timedelta(days=10)
    with scope("all"):
        give_notice(
            last_word(made, by, debt_id=made.debts[0]), by="Priya", rules=RULES, folder=tmp_path, now=making.NOW
        )
    assert hand_off(made, later)[0] is None
    with scope("all"):
        give_notice(last_word(made, by), by="Priya", rules=RULES, folder=tmp_path, now=making.NOW)
    assert hand_off(made, later)[0] is True
    with scope("all"):
        for fact in Circumstance.objects.filter(kind="notices", debt_id=None):
            end_circumstance(
                fact.shard,
                fact.id,
                by="Priya",
                said_by="The post",
                words="It came back.",
                now=making.NOW + timedelta(days=5),
            )
    assert hand_off(made, later)[0] is None


def test_a_validation_notice_is_kept_and_its_period_is_known_to_the_gate(tmp_path):
    made = american()
    head, debt = samples.us(), replace(samples.DEBT, end_on=validation_end(AT.date(), RULES))
    whole = validation(head, debt)
    notice = Notice(
        made.shard,
        made.creditor_id,
        made.id,
        "validation",
        whole,
        debt.end_on,
        made.debts[0],
        places=places(head, debt),
    )
    short = replace(
        notice,
        document=replace(
            whole, blocks=tuple(b for b in whole.blocks if not (isinstance(b, Text) and "assume" in b.words))
        ),
    )
    with scope("all"):
        refused = give_notice(short, by="Priya", rules=RULES, folder=tmp_path, now=AT)
        assert refused.path is None and refused.ruling.rules[0]["id"] == "US-REGF-34-VALIDATION"
        assert not Circumstance.objects.filter(kind="validations").exists() and not list(tmp_path.rglob("*.pdf"))
        given = give_notice(notice, by="Priya", rules=RULES, folder=tmp_path, now=AT)
        assert given.path is not None, given.ruling.rules
        assert Circumstance.objects.get(kind="validations").data["stated_end_on"] == debt.end_on.isoformat()
        assert Contact.objects.filter(channel="letter").count() == 1
        pressing = Act(
            made.shard, made.creditor_id, made.id, "letter", debts=made.debts[:1], content={"deadline_on": AT.date() + timedelta(days=9)}
        )  # fmt: skip
        ruling, _ = pass_gate(pressing, lambda r: None, by="Priya", rules=RULES, now=AT + timedelta(days=2))
    assert "US-REGF-38b-OVERSHADOW" in [rule["id"] for rule in ruling.rules]
