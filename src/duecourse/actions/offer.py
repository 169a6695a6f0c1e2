"""Make an offer: what was said about money, the menu worked out from it, each choice as terms. Kept, so that it can be checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from duecourse.actions.arrange import Speaker
from duecourse.actions.offer_policy import policy_of
from duecourse.core.money import afford
from duecourse.core.money.offers.cases import CASES
from duecourse.core.money.offers.menu import menus
from duecourse.core.money.offers.policy import Policy
from duecourse.core.money.offers.terms_of import terms_of
from duecourse.core.money.plans.terms import BadTerms, Terms, digest
from duecourse.records.cases.arrangements import Affordability, Offer
from duecourse.records.ledger.models import Debt
from duecourse.records.locking import lock_customers
from duecourse.records.reads.creditor_day import day_of
from duecourse.records.reads.moves import on_time_in_a_row

Who = tuple[int, int, int]
"""Shard, creditor, customer."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of the menu: its figures (a row of OPTIONS), its terms, and the digest that agreeing to it names."""

    figures: Mapping[str, Any]
    terms: Terms
    digest: str


@dataclass(frozen=True, slots=True)
class Menu:
    """What may be chosen, the lightest first. `offer_id` names the record of it."""

    offer_id: int
    currency: str
    owed_minor: int
    choices: tuple[Choice, ...]
    policy: Policy


@dataclass(frozen=True, slots=True)
class Wish:
    """What a customer would like: debts (empty: all that are open in the currency), how often, payday, a sum they have now."""

    currency: str
    debts: Sequence[int] = ()
    every: str = "month"
    payday: int = 0
    lump_minor: int | None = None


def hear_means(
    who: Who, answers: Mapping[str, Any], currency: str, *, hardship: bool, by: Speaker, now: datetime
) -> Affordability:
    """Keep what was said about money. Raises ValueError where a sum or question is wrong."""
    means = afford.read(answers)
    shard, creditor_id, customer_id = who
    made = Affordability.objects.create(
        shard=shard, creditor_id=creditor_id, customer_id=customer_id, currency=currency, answers=dict(answers),
        spare_minor=means.spare_minor, hardship=hardship, channel=by.channel, taken_by=by.name, at=now,
    )  # fmt: skip
    return made


def make(who: Who, wish: Wish, *, told: Affordability | None, by: Speaker, now: datetime) -> Menu:
    """The menu in the running transaction. Raises BadTerms where nothing is open."""
    shard, creditor_id, customer_id = who
    lock_customers([(shard, customer_id)])
    policy = policy_of(creditor_id)
    today = day_of(creditor_id, now)
    debts = _debts(shard, customer_id, wish)
    means = afford.read(told.answers) if told and told.currency == wish.currency else afford.Means(None)
    case = {
        "case": 1, "currency": wish.currency, "open": sum(d.open_minor for d in debts), "debts": len(debts),
        "due": min(d.due_date for d in debts), "spare": means.spare_minor, "lump": wish.lump_minor,
        "inflows": [{"day": day, "minor": minor} for day, minor in means.inflows], "every": wish.every,
        "payday": wish.payday, "hardship": bool(told and told.hardship), "on_time": on_time_in_a_row(shard, customer_id),
    }  # fmt: skip
    rows = menus(pl.DataFrame([case], schema=CASES), policy, role=by.role, today=today).rows(named=True)
    choices = tuple(_choice(row, debts, wish, means) for row in rows)
    kept = Offer.objects.create(
        shard=shard, creditor_id=creditor_id, customer_id=customer_id, currency=wish.currency,
        affordability_id=told.id if told else None, case=_plain(case), policy=policy.label, channel=by.channel,
        menu=[{"terms": c.terms.plain(), "figures": _plain(c.figures)} for c in choices], made_by=by.name, at=now,
    )  # fmt: skip
    return Menu(kept.id, wish.currency, case["open"], choices, policy)


def _debts(shard: int, customer_id: int, wish: Wish) -> list[Debt]:
    """What is to be arranged: open, undisputed or not, in one currency; named debts only where some are named."""
    rows = Debt.objects.filter(shard=shard, customer_id=customer_id, currency=wish.currency, open_minor__gt=0)
    found = list((rows.filter(id__in=list(wish.debts)) if wish.debts else rows).order_by("due_date", "id"))
    if not found:
        raise BadTerms("Nothing is open in this currency, so there is nothing to arrange.")
    return found


def _choice(row: Mapping[str, Any], debts: Sequence[Debt], wish: Wish, means: afford.Means) -> Choice:
    terms = terms_of(
        row, [(d.id, d.open_minor) for d in debts], currency=wish.currency, payday=wish.payday, inflows=means.inflows
    )
    figures = {
        **row,
        "first": terms.instalments[0][0],
        "last": terms.instalments[-1][0],
        "count": len(terms.instalments),
    }
    return Choice(figures, terms, digest(terms))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON holds it: dates as text, also inside the list of inflows."""

    def one(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, list):
            return [_plain(each) for each in value]
        return value

    return {name: one(value) for name, value in values.items()}
