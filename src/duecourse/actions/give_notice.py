"""Notices on paper that the law or the house builds on: set, judged by the gate as they read, kept, and written down as given.

    given = give_notice(notice, by="Priya", rules=rules, folder=home, now=now)

The PDF is kept under its digest; what was given is a circumstance, so that every rule that asks for the notice sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from duecourse.actions.pass_gate import Act, pass_gate
from duecourse.actions.record_circumstance import Told, record_circumstance
from duecourse.connectors.documents.blocks import Document
from duecourse.connectors.documents.text import as_text
from duecourse.connectors.documents.typeset import pdf
from duecourse.core.law.gate import Rulebook
from duecourse.core.law.rendered import Final, read
from duecourse.records.journal.models import Contact
from duecourse.records.law.models import Ruling


@dataclass(frozen=True)
class Notice:
    """`kind` validation: `on` is the end of the validation period. last_resort: `on` is the last day before a hand-off.

    `places`: the values that a validation notice must print (documents.kinds.places).
    """

    shard: int
    creditor_id: int
    customer_id: int
    kind: Literal["validation", "last_resort"]
    document: Document
    on: date
    debt_id: int | None = None
    point_id: int | None = None
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """`path` is None where the gate said no; the ruling says why."""

    ruling: Ruling
    path: Path | None


def give_notice(notice: Notice, *, by: str, rules: Rulebook, folder: Path, now: datetime) -> Given:
    """One notice through the gate, in the caller's transaction. Raises BadDocument where it cannot be set."""
    content = pdf(notice.document)
    purpose = "validation_notice" if notice.kind == "validation" else "last_resort"
    final = Final(
        as_text(notice.document), "letter", purpose, notice.document.language, notice.places,
        notice.on if notice.kind == "validation" else None,
    )  # fmt: skip
    act = Act(
        notice.shard, notice.creditor_id, notice.customer_id, "letter", debts=(notice.debt_id,) if notice.debt_id else (),
        point_id=notice.point_id, purpose=purpose, content=_said(final), rendered=True,
    )  # fmt: skip
    ruling, path = pass_gate(
        act, lambda ruling: _leave(notice, act, ruling, content, folder, by, now), by=by, rules=rules, now=now
    )
    return Given(ruling, path)


def _said(final: Final) -> dict[str, Any]:
    """What the gate judges; the words themselves are in the kept document."""
    return {name: value for name, value in read(final).items() if name != "text" and value is not None}


def _leave(notice: Notice, act: Act, ruling: Ruling, content: bytes, folder: Path, by: str, now: datetime) -> Path:
    digest = sha256(content).hexdigest()
    path = folder / "documents" / f"{digest}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    of = {"shard": notice.shard, "creditor_id": notice.creditor_id, "customer_id": notice.customer_id}
    Contact.objects.create(
        **of, id=ruling.contact_id, contact_point_id=notice.point_id, debts=list(act.debts) or None, channel="letter",
        direction="out", purpose=act.purpose[:16], outcome="sent", team="collections", summary=f"Document {digest[:16]}", at=now,
    )  # fmt: skip
    data: dict[str, Any] = (
        {"method": "letter", "stated_end_on": notice.on}
        if notice.kind == "validation"
        else {"kind": "last_resort", "on": notice.on}
    )
    record_circumstance(
        Told(
            **of, kind="validations" if notice.kind == "validation" else "notices", said_by="We wrote it", source="letter",
            recorded_by=by, data=data, words=f"Document {digest}", debt_id=notice.debt_id,
        ),
        now=now,
    )  # fmt: skip
    return path
