"""The figures counted again, row by row, from their written definitions (docs/kpis.md) and without Polars."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.core.measure import recount_beyond as beyond
from tests.core.measure.random_book import RandomBook
from tests.core.measure.share import share

DAY = timedelta(days=1)
BUCKETS = (("current", 0), ("1-30", 30), ("31-60", 60), ("61-90", 90))


def recount(book: RandomBook, as_of: date) -> dict[str, dict[str, Any]]:
    booked = {leg["debt"] for leg in book.legs if leg["debt"] and leg["booked"] <= as_of}
    currencies = sorted({i["currency"] for i in book.invoices if i["debt"] in booked})
    return {c: Recount(book, c, as_of).figures() for c in currencies}


class Recount:
    def __init__(self, book: RandomBook, currency: str, as_of: date) -> None:
        self.book, self.currency, self.as_of = book, currency, as_of
        self.invoices = [i for i in book.invoices if i["currency"] == currency]
        self.invoices_worth = {i["customer"]: i["worth"] for i in self.invoices}
        self.accounts: dict[int, set[str]] = {}
        for leg in book.legs:
            self.accounts.setdefault(leg["entry"], set()).add(leg["account"])

    def moves(self, debt: int) -> list[dict[str, Any]]:
        return [leg for leg in self.book.legs if leg["debt"] == debt]

    def balance(self, debt: int, day: date) -> int:
        return sum(m["amount"] for m in self.moves(debt) if m["booked"] <= day)

    def sold(self, first: date, last: date) -> int:
        return -sum(
            leg["amount"]
            for leg in self.book.legs
            if leg["account"] == "sales" and leg["currency"] == self.currency and first <= leg["booked"] <= last
        )

    def figures(self) -> dict[str, Any]:
        d, before = self.as_of, self.as_of - timedelta(days=90)
        opens = [(i, b) for i in self.invoices if (b := self.balance(i["debt"], d)) > 0]
        ageing = dict.fromkeys(("current", "1-30", "31-60", "61-90", "90+"), 0)
        for invoice, amount in opens:
            late = (d - invoice["due"]).days
            name = (
                "current"
                if late < 1
                else "1-30"
                if late < 31
                else "31-60"
                if late < 61
                else "61-90"
                if late < 91
                else "90+"
            )
            ageing[name] += amount
        total, sales = sum(ageing.values()), self.sold(before + DAY, d)
        base = sum(max(0, self.balance(i["debt"], before)) for i in self.invoices) + sales
        asked, paid = self.collected()
        kept, promises = self.promises()
        again, collected = self.retention()
        first, solved = self.resolution()
        wrong, judged, contacts, ever = self.chases()
        return {
            "open_count": len(opens),
            "open_amount": total,
            "overdue_count": sum(i["due"] < d for i, _ in opens),
            "overdue_amount": total - ageing["current"],
            "ageing": ageing,
            "dso_simple_90": share(total, sales, 90, 2),
            "dso_countback": self.countback(total),
            "collection_rate_30": share(paid, asked),
            "cei_90": share(base - total, base - ageing["current"], 100, 2),
            "promises_kept": share(kept, promises),
            "plans_kept": share(*beyond.plans(self)),
            "retention_after_collection": share(again, collected),
            "first_contact_resolution": share(first, solved),
            "csat": None,
            "false_chase_rate": share(wrong, judged, 1, 6),
            "contacts": contacts if ever else None,
            "contacts_saved": beyond.saved(self),
            **beyond.figures(self, sales=sales, retained=(again, collected), contacts=contacts, ever=ever),
        }

    def countback(self, left: int) -> float | None:
        year, month, days, any_sales = self.as_of.year, self.as_of.month, 0, False
        answer = None
        for n in range(36):
            last = self.as_of if n == 0 else date(year, month, calendar.monthrange(year, month)[1])
            real = self.sold(date(year, month, 1), last)
            any_sales = any_sales or real != 0
            sold = max(real, 0)
            if answer is None and sold >= left:
                answer = Fraction(days) + (Fraction(left * last.day, sold) if sold else 0)
            left, days = left - sold, days + last.day
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return None if answer is None or not any_sales else share(answer, 1, 1, 2)

    def collected(self) -> tuple[int, int]:
        rows = self.asked(30)
        return sum(want for want, _ in rows), sum(got for _, got in rows)

    def asked(self, days: int) -> list[tuple[int, int]]:
        """Asked and paid of each invoice whose days after the due date ended in the window."""
        rows = []
        for i in self.invoices:
            limit = i["due"] + timedelta(days=days)
            if not self.as_of - timedelta(days=90) < limit <= self.as_of:
                continue
            want = got = 0
            for m in self.moves(i["debt"]):
                if m["booked"] <= limit:
                    others = self.accounts[m["entry"]]
                    money = others & {"cash", "unmatched"} and not others & {"sales", "writeoff"}
                    want, got = (want, got - m["amount"]) if money else (want + m["amount"], got)
            if want > 0:
                rows.append((want, min(max(got, 0), want)))
        return rows

    def promises(self) -> tuple[int, int]:
        mine = [p for p in self.book.promises if p["currency"] == self.currency and p["made"] <= self.as_of]
        kept = total = 0
        for p in mine:
            judged = p["by"] + DAY
            if not self.as_of - timedelta(days=90) < judged <= self.as_of:
                continue
            rivals = [
                q for q in mine if q is not p and q["customer"] == p["customer"] and p["made"] <= q["by"] <= p["by"]
            ]
            need = p["amount"] + sum(q["amount"] for q in rivals)
            got = sum(
                leg["amount"]
                for leg in self.book.legs
                if leg["account"] == "cash" and leg["customer"] == p["customer"] and leg["currency"] == self.currency
                and p["made"] <= leg["booked"] <= judged
            )  # fmt: skip
            total, kept = total + 1, kept + (got >= need)
        return kept, total

    def closed(self, debt: int) -> date | None:
        """The first day from which the balance is never above zero, by trying each booking day."""
        days = sorted({m["booked"] for m in self.moves(debt) if m["booked"] <= self.as_of})
        for n, day in enumerate(days):
            if all(self.balance(debt, later) <= 0 for later in days[n:]):
                return day
        return None

    def contact(self, contact: int) -> dict[str, Any]:
        return next(c for c in self.book.contacts if c["contact"] == contact)

    def cases(self) -> list[tuple[dict[str, Any], date, dict[str, Any]]]:
        """Invoice, closing day and the first chase that named it."""
        out = []
        for i in self.invoices:
            chases = [self.contact(n["contact"]) for n in self.book.named if n["debt"] == i["debt"]]
            chases = sorted((c for c in chases if c["chase"]), key=lambda c: c["at"])
            closed = self.closed(i["debt"])
            if chases and closed and chases[0]["day"] <= closed:
                out.append((i, closed, chases[0]))
        return out

    def retention(self) -> tuple[int, int]:
        first: dict[int, date] = {}
        self.lost: set[int] = set()
        for i, closed, _ in self.cases():
            if closed > i["due"] and 120 <= (self.as_of - closed).days < 210:
                first[i["customer"]] = min(closed, first.get(i["customer"], closed))
        self.lost = {
            c for c, day in first.items()
            if not any(i["customer"] == c and 0 < (i["issued"] - day).days <= 120 for i in self.invoices)
        }  # fmt: skip
        return len(first) - len(self.lost), len(first)

    def resolution(self) -> tuple[int, int]:
        solved = once = 0
        for i, closed, first in self.cases():
            if not 0 <= (self.as_of - closed).days < 90:
                continue
            touches = set()
            for c in self.book.contacts:
                names = {n["debt"] for n in self.book.named if n["contact"] == c["contact"]}
                about = i["debt"] in names or (not names and c["customer"] == i["customer"])
                if about and c["at"] >= first["at"] and c["day"] <= closed:
                    touches.add(c["contact"])
            solved, once = solved + 1, once + (len(touches) == 1)
        return once, solved

    def chases(self) -> tuple[int, int, int, int]:
        mine = [
            c for c in self.book.contacts if c["chase"] and c["currency"] == self.currency and c["day"] <= self.as_of
        ]
        recent = [c for c in mine if (self.as_of - c["day"]).days < 90]
        wrong = judged = 0
        ours = {i["debt"] for i in self.invoices}
        for c in recent:
            names = [n["debt"] for n in self.book.named if n["contact"] == c["contact"] and n["debt"] in ours]
            bad = False
            for debt in names:
                known = [m["amount"] for m in self.moves(debt) if m["posted"] <= c["at"] or m["booked"] < c["day"]]
                bad = bad or (bool(known) and sum(known) <= 0)
            judged, wrong = judged + bool(names), wrong + bad
        return wrong, judged, len(recent), len(mine)
