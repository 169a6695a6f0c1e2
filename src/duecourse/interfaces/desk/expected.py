"""What we expect of a customer, in words: when they pay, how likely late, whom they are like, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from duecourse.actions.choose_segment import running_choice
from duecourse.core.decide.playbook import SEGMENTS
from duecourse.core.predict.explain import in_100
from duecourse.core.predict.per_customer import GUESSED
from duecourse.interfaces.dates import brief, short, stamp
from duecourse.interfaces.instruments import Reason
from duecourse.records.insight.outlooks import Expectation, outlook_of

NOT_ENOUGH = "Not enough data about this customer yet."
NAMES = {"large": "Large", "new": "New", "usually_late": "Usually late", "good_payer": "Good payer"}
assert set(NAMES) == set(SEGMENTS)
_HIGH, _SOME = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """An invoice and when it is expected; `between` is the band that holds eight in ten."""

    ref: str
    expected: str
    between: str
    late: str


@dataclass(frozen=True, slots=True)
class Card:
    """`headline` first; `unsure` says that too little is known, and then nothing else is claimed."""

    headline: str
    unsure: bool
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]
    why: tuple[str, ...]
    told: str
    segment: str
    segment_why: str
    like: str
    chosen: str = ""
    choices: tuple[tuple[str, str], ...] = tuple(NAMES.items())


def card(shard: int, customer_id: int, *, refs: Mapping[int, str], today: date, now: datetime, zone: str) -> Card:
    """The card of a customer; `refs` are the numbers of the open invoices by id."""
    found = outlook_of(shard, customer_id)
    choice = running_choice(shard, customer_id, now=now)
    chosen = ""
    if choice is not None:
        until = f" until {brief(choice.until_at.date(), 'en')}" if choice.until_at else ""
        chosen = f"{choice.placed_by} chose this {stamp(choice.from_at, now, zone)}{until}: {choice.why}"
    if found is None:
        return Card(
            "Nothing is worked out yet.", True, (), (), (), "The next day does it.",
            NAMES[choice.segment] if choice else "", "", "", chosen,
        )  # fmt: skip
    unsure = found.expected_date is None or found.rests_on in GUESSED
    if found.rests_on == "nothing open":
        headline = "Nothing is open, so nothing is expected."
    elif found.expected_date is None:
        headline = NOT_ENOUGH
    else:
        headline = f"We expect money {'about ' if unsure else ''}{brief(found.expected_date, 'en')}."
    by = f"by the model {found.model}" if found.model else "from their habit, without a learned model"
    return Card(
        headline=headline,
        unsure=unsure and found.rests_on != "nothing open",
        lines=()
        if found.expected_date is None
        else tuple(_line(row, refs, today) for row in found.invoices if row["debt"] in refs),
        reasons=_reasons(found),
        why=found.why,
        told=f"Worked out {stamp(found.written_at, now, zone)}, {by}.",
        segment=NAMES[choice.segment if choice else found.segment],
        segment_why="" if choice else found.segment_why,
        like=found.likeness_why,
        chosen=chosen,
    )


def _line(row: Mapping[str, object], refs: Mapping[int, str], today: date) -> Line:
    def day(name: str) -> str:
        return short(date.fromisoformat(str(row[name])), today, "en")

    late = row["late"]
    return Line(
        refs[int(str(row["debt"]))],
        day("expected"),
        f"{day('from')} to {day('to')}",
        "" if not isinstance(late, float) else in_100(late),
    )


def _reasons(found: Expectation) -> tuple[Reason, ...]:
    """Chances as words with a weight; one that is not known is said to be so, never made up."""
    out = [Reason(str(w["words"]), 3) for w in found.warnings[:2]]
    late, alone, promise = found.late_chance, found.pays_alone_chance, found.promise_chance
    if late is not None and not out:
        out.append(
            Reason(f"Late in {in_100(late)} of 100 such cases", 3 if late >= _HIGH else 2 if late >= _SOME else 1)
        )
    if alone is not None:
        weight = 3 if alone >= _HIGH else 2 if alone >= _SOME else 1
        out.append(Reason(f"Pays in two weeks without a word from us: {in_100(alone)} in 100", weight))
    if promise is not None:
        out.append(Reason(f"Keeps a promise made now: {in_100(promise)} in 100", 3 if promise >= _HIGH else 2))
    return tuple(out)
