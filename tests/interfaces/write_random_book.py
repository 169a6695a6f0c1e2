"""A random book of tests.core.measure in the database, as one creditor's: rows by COPY, money by `post`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Any

import polars as pl

from tests.core.measure.random_book import RandomBook
from tests.interfaces.write_random_beyond import write_beyond

APART = 10_000_000
"""Ids of one creditor's rows lie this far from the next one's."""


def write_book(book: RandomBook, name: str, *, timezone: str = "UTC") -> int:
    """Returns the creditor's id. Customers keep their numbers as references."""
    from duecourse.records import arrow
    from duecourse.records.ledger.post import Posting, PostLeg, post
    from duecourse.records.models import Creditor
    from duecourse.records.sharded import shard_of
    from duecourse.records.tenancy import scope

    start = datetime(2024, 1, 1, tzinfo=UTC)
    with scope("all"):
        creditor = Creditor.objects.create(name=name, timezone=timezone, created_at=start).pk

        def id_of(n: int) -> int:
            return creditor * APART + n

        shards = {c: shard_of(creditor, f"R{c}") for c in _customers(book)}

        def of(customer: int) -> dict[str, Any]:
            return {"shard": shards[customer], "creditor_id": creditor, "customer_id": id_of(customer)}

        def copy(table: str, rows: list[dict[str, Any]]) -> None:
            if rows:
                arrow.copy_into(table, pl.DataFrame(rows, infer_schema_length=None))

        copy("customer", [
            {"shard": shard, "id": id_of(c), "creditor_id": creditor, "ref": f"R{c}", "name": f"Customer {c}",
             "kind": "company", "salutation": "", "language": "en", "country": "GB", "region": "", "timezone": "",
             "address": "", "created_at": start}
            for c, shard in shards.items()
        ])  # fmt: skip
        copy("debt", [
            {**of(i["customer"]), "id": id_of(i["debt"]), "ref": f"I{i['debt']}", "kind": "invoice", "description": "",
             "purchase_order": "", "issued_date": i["issued"], "due_date": i["due"], "currency": i["currency"],
             "amount_minor": 1, "round": 1, "created_at": start}
            for i in book.invoices
        ])  # fmt: skip
        entries: dict[int, list[dict[str, Any]]] = {}
        for leg in book.legs:
            entries.setdefault(leg["entry"], []).append(leg)
        post(
            Posting(
                **of(legs[0]["customer"]), kind="test", booked_date=legs[0]["booked"], posted_at=legs[0]["posted"],
                currency=legs[0]["currency"], key=f"{creditor}:{entry}",
                legs=tuple(PostLeg(x["account"], x["amount"], x["debt"] and id_of(x["debt"])) for x in legs),
            )
            for entry, legs in entries.items()
        )  # fmt: skip
        one = {c["contact"]: c for c in book.contacts}
        named = {c: [id_of(n["debt"]) for n in book.named if n["contact"] == c] for c in one}
        copy("outbox", [
            {**of(one[c]["customer"]), "id": id_of(c), "key": f"{creditor}:{c}", "channel": one[c]["channel"], "purpose": "reminder",
             "template": "reminder", "step": "due", "context": json.dumps({"debts": debts}), "state": "sent",
             "due_at": one[c]["at"], "created_at": one[c]["at"], "changed_at": one[c]["at"], "why": ""}
            for c, debts in named.items() if debts
        ])  # fmt: skip
        copy("contact", [
            {**of(c["customer"]), "id": id_of(c["contact"]), "channel": c["channel"], "team": "collections", "summary": "",
             "outbox_id": id_of(c["contact"]) if named[c["contact"]] else None, "outcome": "x", "at": c["at"],
             "direction": "out" if c["chase"] else "in", "purpose": "reminder" if c["chase"] else "reply"}
            for c in one.values()
        ])  # fmt: skip
        copy("promise", [
            {**of(p["customer"]), "id": id_of(p["promise"]), "currency": p["currency"], "amount_minor": p["amount"],
             "by_date": p["by"], "channel": "phone", "taken_by": "test",
             "made_at": datetime.combine(p["made"], time(12), UTC)}
            for p in book.promises
        ])  # fmt: skip
        write_beyond(book, creditor, id_of, of, copy)
    return creditor


def _customers(book: RandomBook) -> list[int]:
    rows = (*book.invoices, *book.contacts, *book.promises, *book.tasks, *book.complaints, *book.arms)
    return sorted({row["customer"] for row in rows})
