"""No way out but through the gate: every exit of the product is found, and each has the gate before it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.exits import House, wires

ROOT = Path(__file__).parents[2] / "src" / "duecourse"
ROOMS = ("actions", "interfaces", "site", "records", "connectors")

NOT_TO_CUSTOMERS = {
    "duecourse.actions.note.log_call": "writes down a call that has taken place",
    "duecourse.records.insight.tallies": "figures that were counted, not records of anybody",
    "duecourse.records.insight.outlooks": "what is expected of a customer, worked out anew from the records each day",
    "duecourse.actions.mail_dashboard": "figures for the staff who asked for them, by the staff's own mail",
    "duecourse.site": "the machine's own processes and the staff's own mail",
    "duecourse.connectors.gateways": "asks a payment gateway about a payment that the customer began",
    "duecourse.connectors.channels.email": "the wire itself: whoever calls it is an exit",
}
"""Exits that reach no customer and remove nothing about one, with the reason."""
TELEPHONES = {
    "templates/parts/sign.html": "the creditor's own number, for the customer to ring",
    "templates/portal/check.html": "the creditor's own number",
    "templates/portal/paid.html": "the creditor's own number",
    "templates/desk/customer.html": "shown once the call has passed the gate",
}
DRAWERS = {
    "agencies", "channels", "documents", "embedding", "exporters", "gateways", "importers",
}  # fmt: skip
"""Drawers of connectors that were looked at. A new one that hands things to others belongs in exits.DRAWERS too."""


def sources() -> dict[str, str]:
    return {
        "duecourse."
        + ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text()
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    }


def excused(name: str) -> bool:
    return any(name.startswith(prefix) for prefix in NOT_TO_CUSTOMERS)


def test_every_exit_has_the_gate_before_it() -> None:
    house = House.of(sources())
    assert [fault for fault in house.ungated() if not excused(fault)] == []
    found = {what for unit in house.units.values() for what, _ in unit.exits}
    assert {"hands over: sender.transport.send", "writes a contact that we began"} <= found


def test_nothing_else_holds_a_wire() -> None:
    holding = {name: found for name, source in sources().items() if (found := wires(source)) and not excused(name)}
    assert holding == {}


def test_a_number_is_dialled_only_after_the_gate() -> None:
    files = [p for p in (ROOT / "interfaces").rglob("*") if p.suffix in {".html", ".py", ".js"}]
    dialling = {str(p.relative_to(ROOT / "interfaces")) for p in files if re.search(r"tel:", p.read_text())}
    assert dialling == set(TELEPHONES)
    desk = (ROOT / "interfaces/templates/desk/customer.html").read_text()
    assert re.findall(r"tel:\{\{ ([a-z_.]+)", desk) == ["page.ringing.dial"]


def test_every_drawer_of_connectors_was_looked_at() -> None:
    assert {p.name for p in (ROOT / "connectors").iterdir() if p.is_dir() and not p.name.startswith("_")} == DRAWERS


GATED = """
from duecourse.actions.pass_gate import pass_gate
def leave(ruling): wire.send("x")
def act(): return pass_gate(1, leave)
"""
BEFORE = """
from duecourse.core.decide.recheck import recheck
def look(): return recheck(1)
def go():
    look()
    hand()
def hand(): wire.send("x")
"""
UNGATED = {
    "an exit that nobody guards": "def go(): wire.send('x')",
    "the gate comes too late": "from duecourse.core.decide.recheck import recheck\ndef go():\n    wire.send('x')\n    recheck(1)",
    "one caller goes round": BEFORE + "\ndef round(): hand()",
    "an agency's file": "from duecourse.connectors.agencies.file import write\ndef go(): write()",
    "a contact is written": "def go(): Contact.objects.create(direction='out')",
    "contacts in bulk": "def go(): copy_into('contact', frame, constants={'direction': 'out'})",
    "records are removed": "def go(): Note.objects.filter(id=1).delete()",
    "removed by SQL": "def go(): cursor.execute('DELETE FROM note')",
}


@pytest.mark.parametrize("source", [GATED, BEFORE], ids=["let through by the gate", "looked at before"])
def test_a_guarded_exit_passes(source: str) -> None:
    assert House.of({"duecourse.actions.sample": source}).ungated() == []


@pytest.mark.parametrize("source", UNGATED.values(), ids=UNGATED.keys())
def test_canary_an_unguarded_exit_is_found(source: str) -> None:
    assert len(House.of({"duecourse.actions.sample": source}).ungated()) == 1


def test_canary_the_sender_without_its_last_look_is_found() -> None:
    found = sources()
    send = found["duecourse.actions.send"]
    found["duecourse.actions.send"] = re.sub(r"recheck\((?=intended)", "trust(", send)
    assert any("transport.send" in fault for fault in House.of(found).ungated() if not excused(fault))
