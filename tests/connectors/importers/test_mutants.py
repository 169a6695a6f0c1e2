"""Samples with random damage: no fault but a refusal, no line lost, and no money that the golden rows do not have."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from duecourse.connectors.importers.invoices import parse
from duecourse.connectors.importers.problems import Unreadable
from duecourse.connectors.importers.source import Source
from tests.connectors.importers.golden import FILES
from tests.connectors.importers.test_samples import assert_every_line_is_accounted_for

SEED, MUTANTS = 20_260_301, 10


def damage(content: bytes, chance: random.Random) -> bytes:
    """Cut, swap, repeat, drop or overwrite a few bytes."""
    out = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(out)), chance.randint(1, 40)
        match chance.randrange(5):
            case 0:
                del out[at : at + length]
            case 1:
                out[at:at] = out[at : at + length] * chance.randint(1, 3)
            case 2:
                out[at] = chance.randrange(256)
            case 3:
                out[at : at + 1] = chance.choice(
                    [b'"', b",", b";", b"\t", b"\r\n", b"\0", b"-", b"(", b"\xff", b"=", "é".encode()]
                )
            case _:
                out = out[: max(at, 1)]
        if not out:
            out = bytearray(b"x")
    return bytes(out)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_damage_is_refused_and_never_worse(path: Path) -> None:
    chance = random.Random(f"{SEED} {path.name}")
    read = 0
    for number in range(MUTANTS):
        try:
            parsed = parse(Source.of(damage(path.read_bytes(), chance), name=f"mutant {number}"), currency="USD")
        except Unreadable as refusal:
            assert refusal.mend
            continue
        read += 1
        if not parsed.questions:
            assert_every_line_is_accounted_for(parsed)
            assert (parsed.rows["amount_minor"] > 0).all()
            assert (parsed.rows["open_minor"] + parsed.rows["paid_minor"] == parsed.rows["amount_minor"]).all()
    assert read or path.suffix == ".xlsx"
