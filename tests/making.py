"""Small books for tests, written as the product writes them: rows, then postings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
"""A Tuesday, ten in the morning in London."""
TODAY = NOW.date()
_numbers = count(1)


@dataclass(frozen=True)
class Made:
    """A customer with one e-mail address, and the ids of its debts, in order."""

    shard: int
    id: int
    creditor_id: int
    ref: str
    point_id: int | None
    debts: tuple[int, ...]

    @property
    def key(self) -> tuple[int, int]:
        return self.shard, self.id


def creditor(name: str = "Fernleigh Kitchen Supplies", **more):
    """A creditor, made once."""
    from duecourse.records.models import Creditor
    from duecourse.records.tenancy import scope

    with scope("all"):
        row, _ = Creditor.objects.get_or_create(
            name=name,
            defaults={"created_at": NOW, "email": "accounts@fernleigh.example", "signed_by": "Ruth Calder", **more},
        )
    return row


def customer(
    *,
    late: tuple[int, ...] = (8,),
    amounts: tuple[int, ...] = (),
    settled_late: tuple[int, ...] = (),
    email: str | None = "",
    of=None,
    currency: str = "GBP",
    **more,
) -> Made:
    """A customer with open invoices due `late` days ago, and earlier ones settled `settled_late` days after their due date."""
    from duecourse.records.ledger.post import Posting, PostLeg, post
    from duecourse.records.models import ContactPoint, Customer, Debt
    from duecourse.records.sharded import shard_of
    from duecourse.records.tenancy import scope

    of = of or creditor()
    n = next(_numbers)
    ref = more.pop("ref", f"C{n:05d}")
    shard = shard_of(of.id, ref)
    with scope("all"):
        who = Customer.objects.create(
            shard=shard,
            creditor_id=of.id,
            ref=ref,
            name=more.pop("name", f"Customer {n}"),
            country="GB",
            created_at=NOW,
            **more,
        )
        base = {"shard": shard, "creditor_id": of.id, "customer_id": who.id}
        point = None
        if email is not None:
            address = email or f"customer{n}@mail.example"
            point = ContactPoint.objects.create(**base, kind="email", value=address, created_at=NOW)
        made, postings = [], []
        dues = [(d, None) for d in late] + [(100 + 30 * i, paid) for i, paid in enumerate(settled_late)]
        for i, (days, paid) in enumerate(dues):
            due = TODAY - timedelta(days=days)
            minor = amounts[i] if i < len(amounts) else 10_000 + i
            debt = Debt.objects.create(
                **base, ref=f"{ref}-{i + 1}", issued_date=due - timedelta(days=30), due_date=due, currency=currency,
                amount_minor=minor, created_at=NOW, description="Oven service",
            )  # fmt: skip
            made.append(debt.id)
            postings.append(
                Posting(
                    **base, kind="invoice", booked_date=debt.issued_date, posted_at=NOW, currency=currency,
                    key=f"invoice:{debt.id}",
                    legs=(PostLeg("receivable", minor, debt.id), PostLeg("sales", -minor)),
                )
            )  # fmt: skip
            if paid is not None:
                postings.append(
                    _payment(base, debt.id, minor, currency, due + timedelta(days=paid), f"settled:{debt.id}")
                )
        post(postings)
    return Made(shard, who.id, of.id, ref, point.id if point else None, tuple(made))


def pay(made: Made, debt: int, minor: int, *, currency: str = "GBP", key: str = "", booked: date = TODAY) -> None:
    """A payment as the product posts one: the customer's lock, then the entry."""
    from duecourse.records.ledger.post import post
    from duecourse.records.locking import lock_customers
    from duecourse.records.tenancy import scope

    base = {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}
    with scope("all"):
        lock_customers([made.key])
        post([_payment(base, debt, minor, currency, booked, key or f"pay:{debt}:{minor}")])


def _payment(base, debt, minor, currency, booked, key):
    from duecourse.records.ledger.post import Posting, PostLeg

    return Posting(
        **base, kind="payment", booked_date=booked, posted_at=NOW, currency=currency, key=key,
        legs=(PostLeg("cash", minor), PostLeg("receivable", -minor, debt)),
    )  # fmt: skip


def run_day(folder, *, at: datetime = NOW, **more):
    """The day, with the packaged playbook and the rules in force."""
    from duecourse.actions import day
    from duecourse.core.decide.playbook import packaged
    from duecourse.core.law.rulebook import Rulebook

    return day.run_day(
        at=at,
        as_of=at.date(),
        rules=Rulebook.load(as_of=at.date()),
        folder=folder,
        code_version="test",
        **{"playbook": packaged("polite@1"), **more},
    )


def crowd(n: int, *, late: int = 8) -> None:
    """`n` customers with one invoice each, written by sets."""
    from duecourse.records.ledger.post import Posting, PostLeg, post
    from duecourse.records.models import ContactPoint, Customer, Debt
    from duecourse.records.sharded import shard_of
    from duecourse.records.tenancy import scope

    of = creditor()
    due = TODAY - timedelta(days=late)
    with scope("all"):
        people = Customer.objects.bulk_create(
            Customer(
                shard=shard_of(of.id, f"M{i:06d}"),
                creditor_id=of.id,
                ref=f"M{i:06d}",
                name=f"Customer {i}",
                country="GB",
                created_at=NOW,
            )
            for i in range(n)
        )
        bases = [{"shard": p.shard, "creditor_id": of.id, "customer_id": p.id} for p in people]
        ContactPoint.objects.bulk_create(
            ContactPoint(**base, kind="email", value=f"c{i}@mail.example", created_at=NOW)
            for i, base in enumerate(bases)
        )
        debts = Debt.objects.bulk_create(
            Debt(**base, ref="1", issued_date=due, due_date=due, currency="GBP", amount_minor=10_000, created_at=NOW)
            for base in bases
        )
        post(
            Posting(
                **base, kind="invoice", booked_date=due, posted_at=NOW, currency="GBP", key=f"invoice:{debt.id}",
                legs=(PostLeg("receivable", 10_000, debt.id), PostLeg("sales", -10_000)),
            )
            for base, debt in zip(bases, debts, strict=True)
        )  # fmt: skip
