"""Who owes: drawn from word lists, the same for the same seed, each with a habit of paying."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from duecourse.actions.example.creditors import Lender
from duecourse.actions.example.words import FIRST_NAMES, LAST_NAMES, STREETS, TOWN_NAMES, TRADES

HABITS: Final = {"prompt": 44, "late": 26, "slipping": 10, "new": 11, "stuck": 6, "large": 3}
"""Habit → how many in a hundred. `slipping` paid well until this year; `stuck` stopped paying some months ago."""


@dataclass
class Payer:
    """A customer of the example. `email` or `phone` may be empty: then a person has to find a way to reach them."""

    lender: Lender
    ref: str
    name: str
    person: str
    kind: str
    town: tuple[str, str, str, str]
    address: str
    habit: str
    email: str
    phone: str
    size: float  # this customer's invoices against the usual ones
    currencies: tuple[str, ...] = field(default=())


def cast(dice: random.Random, lender: Lender) -> list[Payer]:
    """The customers of one creditor; no two have the same name."""
    names = [f"{a} {b}" for a in TOWN_NAMES for b in TRADES[lender.country]]
    companies = iter(dice.sample(names, lender.customers))
    people = iter(dice.sample([f"{a} {b}" for a in FIRST_NAMES for b in LAST_NAMES], 2 * lender.customers))
    return [_payer(dice, lender, n, companies, people) for n in range(1, lender.customers + 1)]


def _payer(dice: random.Random, lender: Lender, n: int, companies: object, people: object) -> Payer:
    person, private = next(people), dice.random() < lender.people  # type: ignore[call-overload]
    name = person if private else next(companies)  # type: ignore[call-overload]
    town = dice.choice(lender.towns)
    habit = dice.choices(list(HABITS), list(HABITS.values()))[0]
    habit = "late" if private and habit == "large" else habit
    box = f"{slug(person).replace('-', '.')}@mail.example" if private else f"accounts@{slug(name)}.example"
    reach = dice.random()
    return Payer(
        lender=lender,
        ref=f"{lender.prefix}-C{n:04d}",
        name=name,
        person=person,
        kind="person" if private else "company",
        town=town,
        address=f"{dice.randint(1, 180)} {dice.choice(STREETS)} Street, {town[0]} {town[3]}",
        habit=habit,
        email="" if reach < 0.04 else box,
        phone=lender.phone_pattern.format(dice.randint(101, 199)) if 0.02 < reach < 0.75 else "",
        size=dice.uniform(4.0, 7.0) if habit == "large" else dice.uniform(0.6, 1.5),
        currencies=(lender.currency,),
    )


def slug(name: str) -> str:
    """A name as part of an address.

    >>> slug("Marlowe & Finch Café")
    'marlowe-finch-cafe'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
