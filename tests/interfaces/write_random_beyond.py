"""Plans, tasks, messages, complaints and told weeks of a random book in the database, as the product has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from tests.core.measure.random_book import RandomBook

Of = Callable[[int], dict[str, Any]]
Copy = Callable[[str, list[dict[str, Any]]], None]


def write_beyond(book: RandomBook, creditor: int, id_of: Callable[[int], int], of: Of, copy: Copy) -> None:
    """Inside the caller's transaction, after customers, debts and contacts."""
    _plans(book, creditor, id_of, of, copy)
    copy("task", [
        {**of(t["customer"]), "id": id_of(t["task"]), "kind": t["kind"], "title": "x", "detail": "", "key": f"{t['task']}",
         "owner": "", "opened_at": t["opened_at"], "closed_at": t["closed_at"], "closed_by": t["by"], "outcome": "done"}
        for t in book.tasks
    ])  # fmt: skip
    copy("inbound", [
        {"shard": 0, "id": id_of(w["wait"]), "creditor_id": creditor, "channel": "email", "external_id": f"{w['wait']}",
         "sender": "", "recipient": "", "subject": "", "text": "x", "trimmed": False, "attachments": "[]", "automatic": False,
         "labels": "{}", "urgent": False, "confidence": "{}", "evidence": "[]", "language": "", "heard_by": "",
         "received_at": w["opened_at"], "taken_by": "Ana", "taken_at": w["closed_at"], "handled_by": "", "outcome": ""}
        for w in book.waits if w["customer"] is None
    ])  # fmt: skip
    _complaints(book, creditor, id_of, of, copy)
    from duecourse.records.models import ReceiptsTold

    ReceiptsTold.objects.bulk_create(
        ReceiptsTold(
            creditor_id=creditor, currency=t["currency"], told_on=t["week"], week=t["week"], expected_minor=t["expected"],
            low_minor=0, high_minor=2 * t["expected"], model="", at=datetime.combine(t["week"], time(8), UTC),
        )
        for t in book.told
    )  # fmt: skip


def _plans(book: RandomBook, creditor: int, id_of: Callable[[int], int], of: Of, copy: Copy) -> None:
    since = {u["arrangement"]: datetime.combine(u["since"], time(9), UTC) for u in book.under}
    parts: dict[int, list[dict[str, Any]]] = {}
    for i in book.instalments:
        parts.setdefault(i["arrangement"], []).append(i)
    copy("arrangement", [
        {**of(own[0]["customer"]), "id": id_of(a), "kind": "plan", "version": 1, "currency": own[0]["currency"],
         "total_minor": own[-1]["owed"], "terms": "{}", "needs_approval": "", "proposed_by": "x", "channel": "portal", "at": since[a]}
        for a, own in parts.items()
    ])  # fmt: skip
    copy("instalment", [
        {**of(i["customer"]), "id": id_of(i["instalment"]), "arrangement_id": id_of(i["arrangement"]), "number": i["number"],
         "due_date": i["due"], "amount_minor": i["amount"]}
        for i in book.instalments
    ])  # fmt: skip
    copy("agreement", [
        {**of(own[0]["customer"]), "id": id_of(7_000_000 + 2 * a + n), "arrangement_id": id_of(a), "side": side, "said_by": "x",
         "channel": "portal", "terms_digest": "x", "at": since[a]}
        for a, own in parts.items() for n, side in enumerate(("customer", "creditor"))
    ])  # fmt: skip
    copy("arrangement_debt", [
        {**of(u["customer"]), "id": id_of(8_000_000 + u["debt"]), "arrangement_id": id_of(u["arrangement"]),
         "debt_id": id_of(u["debt"]), "open_minor": 1, "from_at": since[u["arrangement"]]}
        for u in book.under
    ])  # fmt: skip
    copy("arrangement_end", [
        {**of(own[0]["customer"]), "id": id_of(9_000_000 + a), "arrangement_id": id_of(a), "outcome": "stopped", "why": "x",
         "ended_by": "x", "at": datetime.combine(own[0]["ended"], time(9), UTC)}
        for a, own in parts.items() if own[0]["ended"]
    ])  # fmt: skip


def _complaints(book: RandomBook, creditor: int, id_of: Callable[[int], int], of: Of, copy: Copy) -> None:
    held = [c for c in book.complaints if c["source"] in ("hold", "both")]
    copy("hold", [
        {**of(c["customer"]), "id": id_of(6_000_000 + c["complaint"]), "kind": "complaint", "reason": "", "placed_by": "x",
         "from_at": c["at"], "lifted_by": "", "lifted_why": ""}
        for c in held
    ])  # fmt: skip
    copy("ticket", [
        {**of(c["customer"]), "id": id_of(c["complaint"]), "system": "desk", "external_id": f"{c['complaint']}", "kind": "complaint",
         "opened_by": "x", "opened_at": c["at"], "heard_at": c["at"], "closed_by": "", "outcome": "",
         "hold_id": id_of(6_000_000 + c["complaint"]) if c["source"] == "both" else None}
        for c in book.complaints if c["source"] in ("ticket", "both")
    ])  # fmt: skip
    copy("receipt", [
        {**of(c["customer"]), "id": id_of(c["complaint"]), "outbox_id": id_of(c["contact"]), "kind": "complained", "detail": "",
         "said_by": "x", "at": c["at"]}
        for c in book.complaints if c["source"] == "spam"
    ])  # fmt: skip
