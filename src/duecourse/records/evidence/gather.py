"""Gathers an evidence pack: rows in order, chained, and put into one file beside the verifier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

from duecourse.core.law.rulebook import history
from duecourse.records.evidence import rows, verify
from duecourse.records.exports.refused import refused

CONTEXT = timedelta(days=31)
"""How far back contacts are carried along, so that "in thirty days" can be counted again."""
EVER = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
LEFT_OUT = (
    "Names, addresses, phone numbers, the text of messages and notes, and words that people wrote are left out. Customers go by "
    "the creditor's reference, addresses by a number, messages by their hash. Money rows carry the key and memo they were posted with: "
    "the ledger's hashes cover them."
)
README = """This is an evidence pack. Check it with Python 3.9 or later, without any network:

    python3 verify.py THIS-FILE.zip --seal THE-SEAL-YOU-WERE-TOLD

Take verify.py from somewhere you trust, not from a pack that may have been changed. pack.jsonl holds one row a line.
"""


@dataclass(frozen=True)
class Pack:
    """The bytes of the file, its seal, and how many contacts and refusals of the period it holds."""

    data: bytes
    seal: str
    contacts: int
    refusals: int


def gather(
    wanted: list[rows.Row], *, period: tuple[datetime, datetime] | None, at: datetime, runs: Path, version: str
) -> Pack:
    """The pack of these customers (rows of `rows.customers`), for all time or for a period [from, to).

    Reads within the running scope: whoever sees only one creditor's rows packs only those.
    """
    start, end = period or (EVER[0], min(EVER[1], at + timedelta(seconds=1)))
    span = (start, end, start - CONTEXT if period else start)
    found = [
        {"row": "about", "made_at": rows.stamp(at), "from": rows.stamp(start) if period else None, "to": rows.stamp(end),
         "customers": len(wanted), "version": version, "left_out": LEFT_OUT},
        *_rules(), *(row for who in wanted for row in rows.of_customer(who, span)),
        *rows.money([(who["shard"], who["id"]) for who in wanted], span), *_refused(wanted, span, runs),
    ]  # fmt: skip
    found.append({"row": "end", "rows": len(found)})
    lines = list(verify.chained(found))
    source = resources.files("duecourse.records.evidence").joinpath("verify.py").read_bytes()
    files = {"README.txt": README.encode(), "verify.py": source, "pack.jsonl": "".join(lines).encode()}
    return Pack(
        verify.container(files),
        lines[-1][:64],
        sum(row["row"] == "contact" and not row["before"] for row in found),
        sum(row["row"] == "refusal" for row in found),
    )


def _rules() -> Iterator[dict[str, Any]]:
    """Every version of every rule, with the days it holds and its dated numbers."""
    for text, until in history():
        yield {"row": "rule", "id": text.id, "title": text.title, "label": text.label, "citation": text.citation,
               "from": text.version, "until": until.isoformat() if until else None, "source": text.source,
               "numbers": dict(text.numbers)}  # fmt: skip


def _refused(wanted: list[rows.Row], span: rows.Span, runs: Path) -> Iterator[dict[str, Any]]:
    """What whole days refused, from the frames that they kept."""
    mine = {who["id"] for who in wanted}
    for shard in sorted({who["shard"] for who in wanted}):
        for row in refused(shard, shard, runs).iter_rows(named=True):
            if row["customer_id"] in mine and span[0] <= row["planned_at"] < span[1]:
                said = [{**rule, "until": rows.stamp(rule["until"])} for rule in row["rules"]]
                yield {"row": "refusal", "customer": row["customer_id"], "id": row["contact_id"], "channel": row["channel"],
                       "purpose": row["purpose"], "verdict": row["decision"], "why": row["why"], "rules": said,
                       "not_before": rows.stamp(row["not_before"]), "at": rows.stamp(row["planned_at"])}  # fmt: skip
