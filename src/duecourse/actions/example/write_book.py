"""Creditor, customers, addresses, invoices and every booking, by sets: COPY for rows, `post` for money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import polars as pl

from duecourse.actions.example.cast import Payer
from duecourse.actions.example.creditors import Lender
from duecourse.actions.example.history import Bill
from duecourse.records import arrow
from duecourse.records.ledger.post import Posting, PostLeg, post
from duecourse.records.parties.models import Creditor
from duecourse.records.sharded import shard_of

AT_ONCE = 2_000
_ACCOUNT = {"payment": "cash", "bounce": "cash", "credit": "sales", "writeoff": "writeoff"}


@dataclass(frozen=True)
class Kept:
    """A customer with the ids of its rows; `debts` in the order of `bills`, `point` kept for the e-mail address."""

    payer: Payer
    bills: list[Bill]
    shard: int
    customer: int
    point: int
    debts: list[int]


@dataclass(frozen=True)
class Written:
    """A creditor as it stands in the book."""

    lender: Lender
    creditor: int
    customers: list[Kept]


def write_book(lender: Lender, books: list[tuple[Payer, list[Bill]]], *, now: datetime) -> Written:
    """Write in the running transaction, whose scope must hold all creditors."""
    creditor = Creditor.objects.create(
        name=lender.name, trading_as=lender.trading_as, country=lender.country, currency=lender.currency,
        timezone=lender.timezone, address=lender.address, signed_by=lender.signed_by, phone=lender.phone,
        phone_hours=lender.phone_hours, email=lender.email, bank_details=lender.bank_details,
        is_agency_client=lender.agency, created_at=now,
    ).pk  # fmt: skip
    ids = iter(arrow.fresh_ids(sum(2 + len(bills) for _, bills in books)).to_list())
    kept = [
        Kept(payer, bills, shard_of(creditor, payer.ref), next(ids), next(ids), [next(ids) for _ in bills])
        for payer, bills in books
    ]
    written = Written(lender, creditor, kept)
    _copy("customer", [_customer(written, k, now) for k in kept])
    _copy("contact_point", [row for k in kept for row in _points(written, k, now)])
    _copy("debt", [row for k in kept for row in _debts(written, k)])
    postings = [p for k in kept for p in _postings(written, k, now)]
    for start in range(0, len(postings), AT_ONCE):
        post(postings[start : start + AT_ONCE])
    return written


def _copy(table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        arrow.copy_into(table, pl.DataFrame(rows, infer_schema_length=None))


def _customer(written: Written, kept: Kept, now: datetime) -> dict[str, Any]:
    p = kept.payer
    since = min((b.issued for b in kept.bills), default=now.date())
    return {
        "shard": kept.shard, "id": kept.customer, "creditor_id": written.creditor, "ref": p.ref, "name": p.name,
        "kind": p.kind, "salutation": p.person.split()[0], "language": "en", "country": p.lender.country,
        "region": p.town[1], "timezone": p.town[2], "address": p.address, "created_at": _at(since),
    }  # fmt: skip


def _points(written: Written, kept: Kept, now: datetime) -> list[dict[str, Any]]:
    p = kept.payer
    found = (("phone", p.phone), ("letter", p.address if p.email else ""), ("email", p.email))
    spare = arrow.fresh_ids(2).to_list()
    return [
        {
            "shard": kept.shard, "creditor_id": written.creditor, "customer_id": kept.customer, "kind": kind, "id": id_,
            "value": value, "person": p.person, "role": "accounts", "rank": 1, "created_at": now, "ended_why": "",
        }
        for (kind, value), id_ in zip(found, (*spare, kept.point), strict=True)
        if value
    ]  # fmt: skip


def _debts(written: Written, kept: Kept) -> list[dict[str, Any]]:
    return [
        {
            "shard": kept.shard, "id": debt, "creditor_id": written.creditor, "customer_id": kept.customer,
            "ref": b.ref, "kind": "invoice", "description": b.description, "purchase_order": "",
            "issued_date": b.issued, "due_date": b.due, "currency": b.currency, "amount_minor": b.amount, "round": 1,
            "created_at": _at(b.issued),
        }
        for debt, b in zip(kept.debts, kept.bills, strict=True)
    ]  # fmt: skip


def _postings(written: Written, kept: Kept, now: datetime) -> list[Posting]:
    out = []
    for debt, bill in zip(kept.debts, kept.bills, strict=True):
        moves = [("invoice", "sales", -bill.amount, bill.issued, bill.issued)]
        moves += [(b.kind, _ACCOUNT[b.kind], b.amount, b.booked, b.posted) for b in bill.booked]
        for n, (kind, account, lowers, booked, posted) in enumerate(moves):
            legs = (PostLeg("receivable", -lowers, debt), PostLeg(account, lowers))
            out.append(
                Posting(
                    kept.shard, written.creditor, kept.customer, kind, booked, min(now, _at(posted, 17)), bill.currency,
                    f"example:{bill.ref}:{n}", legs, f"{kind.capitalize()} {bill.ref}",
                )
            )  # fmt: skip
    return sorted(out, key=lambda p: p.posted_at)


def _at(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, time(hour), UTC)
