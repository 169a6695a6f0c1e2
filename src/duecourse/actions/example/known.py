"""Customers with a story, so that whoever looks around finds one of each: the people of the mockups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class KnownBill:
    """An open invoice: due so many days ago (negative: ahead). `paid` came in part, ten days after it was due."""

    ref: str
    description: str
    amount: int
    late: int
    currency: str = ""
    paid: int = 0
    credit: int = 0


@dataclass(frozen=True)
class Known:
    """`town` is the place in the creditor's list. `why` names the story in `stories`."""

    lender: str
    name: str
    person: str
    kind: str
    town: int
    habit: str
    bills: tuple[KnownBill, ...]
    story: str = ""


KNOWN: Final = (
    Known(
        "FK", "Larch Street Bakery", "Maya Lindqvist", "company", 0, "prompt",
        (KnownBill("FK-20418", "Combi oven service and parts", 1_284_60, 18),),
    ),
    Known(
        "FK", "Marlowe & Finch Books", "Ines Marlowe", "company", 2, "late",
        (
            KnownBill("FK-20377", "Reading room coffee bar", 2_190_00, 26),
            KnownBill("FK-20402", "Espresso parts", 318_40, 9, "EUR"),
        ),
    ),
    Known(
        "FK", "Tidewell Physio", "Hannah Crewe", "company", 0, "late",
        (KnownBill("FK-20391", "Staff kitchen, fridge and fitting", 680_00, 19, credit=68_00),),
    ),
    Known(
        "FK", "Kestrel Joinery", "Owen Pryce", "company", 3, "large",
        (KnownBill("FK-20355", "Canteen fit-out, last part", 10_800_00, 33, paid=5_400_00),), "says_paid",
    ),
    Known(
        "FK", "Quayside Gym CIC", "Lena Moss", "company", 1, "stuck",
        (KnownBill("FK-20301", "Juice bar lease, three months", 874_20, 68),), "hardship",
    ),
    Known(
        "CT", "Bramley Landscaping", "Dean Whitlock", "company", 0, "slipping",
        (
            KnownBill("CT-7698", "Excavator hire, 3 weeks", 3_460_00, 34),
            KnownBill("CT-7712", "Mini digger, 6 days", 1_980_00, 10),
            KnownBill("CT-7740", "Trailer", 640_00, -18),
        ),
        "digger",
    ),
    Known(
        "CT", "Ada Brandt", "Ada Brandt", "person", 1, "late",
        (KnownBill("CT-7705", "Generator hire", 268_40, 22),), "promise",
    ),
    Known(
        "TD", "Luis Herrera", "Luis Herrera", "person", 0, "late",
        (KnownBill("TD-3316", "Crown, after insurance", 412_75, 41),), "asks_parts",
    ),
)  # fmt: skip
