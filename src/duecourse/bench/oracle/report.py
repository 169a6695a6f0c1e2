"""What a run of the oracle says, for people and for `evidence/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from duecourse.bench.oracle.compare import Difference

KINDS = ("forbidden", "wrongly_forbidden", "beyond_reach")


def told(difference: Difference) -> str:
    """One difference in a paragraph: who, when, and both answers."""
    world = difference.world
    where = ", ".join(f"{zone} ({place})" for zone, place in world.places)
    (said, when), (right, first) = difference.gate, difference.oracle
    return (
        f"{difference.kind.upper().replace('_', ' ')}: {world.channel} at {world.at:%Y-%m-%d %H:%M:%S} UTC, "
        f"{'business' if world.business else 'consumer'} in {where}, {len(world.past)} earlier contacts. "
        f"Gate: {said} {when or ''} ({', '.join(difference.rules) or 'no rule'}). Oracle: {right} {first or ''}."
    )


def total(contacts: int, verdicts: Mapping[str, int], found: Iterable[Difference]) -> dict[str, int]:
    """The figures of P11."""
    kinds = Counter(each.kind for each in found)
    return {"contacts": contacts, **verdicts, **{kind: kinds[kind] for kind in KINDS}}
