"""The customer's page says what is expected, how sure that is and why; a person may treat a customer otherwise."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from duecourse.actions.foresee import foresee
from duecourse.core.decide.playbook import packaged
from duecourse.records import snapshot
from duecourse.records.models import SegmentChoice
from duecourse.records.tenancy import scope
from tests import making
from tests.making import NOW, TODAY

LATE = (12, 14, 11, 13, 15, 12)


@pytest.fixture
def desk(book, monkeypatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DUECOURSE_NOW", NOW.isoformat())
    person = get_user_model().objects.create_user(
        username="r", first_name="Ruth", last_name="Calder", is_superuser=True
    )
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _page(client: Client, made) -> str:  # type: ignore[no-untyped-def]
    answer = client.get(f"/desk/c/{made.shard}/{made.id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_card_says_when_how_sure_and_why_and_the_worklist_warns(desk) -> None:  # type: ignore[no-untyped-def]
    late, *_ = [making.customer(late=(-4,), settled_late=LATE) for _ in range(8)]
    new = making.customer(late=(-4, 3))
    assert "Nothing is worked out yet." in _page(desk, late)
    foresee(at=NOW, as_of=TODAY, playbook=packaged(), approved=lambda creditor: None)
    page = _page(desk, late)
    assert "We expect money" in page and "Read from this customer" in page
    assert "Segment: Usually late" in page and "Usually pays more than three days late" in page
    assert f"{late.ref}-1" in page and "without a learned model" in page
    page = _page(desk, new)
    assert "Not enough data about this customer yet" in page and "Late in" not in page
    worklist = desk.get("/desk/").content.decode()
    assert "Early warning" in worklist and "Likely" in worklist


def test_a_person_s_choice_is_recorded_shown_used_and_ended(desk) -> None:  # type: ignore[no-untyped-def]
    made = making.customer(late=(3,), settled_late=(0, 0, 0))
    address = f"/desk/c/{made.shard}/{made.id}/segment/"
    assert desk.post(address, {"segment": "large", "segment_why": " "}).status_code == 422
    assert desk.post(address, {"segment": "vip", "segment_why": "x"}).status_code == 422
    assert desk.post(address, {"segment": "large", "segment_why": "x", "segment_until": "soon"}).status_code == 422
    assert desk.post(address, {"segment": "large", "segment_why": "Their new owner asked for care"}).status_code == 302
    page = _page(desk, made)
    assert "Segment: Large" in page and "Ruth Calder chose this" in page and "Their new owner asked for care" in page
    assert snapshot.of_shards(0, 255, at=NOW).placed.rows() == [(made.id, "large")]
    again = {"segment": "new", "segment_why": "No longer", "segment_until": "in 2 weeks"}
    assert desk.post(address, again).status_code == 302
    assert snapshot.of_shards(0, 255, at=NOW).placed.rows() == [(made.id, "new")]
    assert desk.post(address, {"segment": ""}).status_code == 302
    assert snapshot.of_shards(0, 255, at=NOW).placed.height == 0
    with scope("all"):
        kept = list(SegmentChoice.objects.order_by("id").values_list("segment", "placed_by", "ended_by"))
    assert kept == [("large", "Ruth Calder", "Ruth Calder"), ("new", "Ruth Calder", "Ruth Calder")]
