"""The three creditors of the example: our own business, and two that we act for as an agency."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lender:
    """A creditor and the kind of customers it has. `towns` are (town, region, timezone, postcode)."""

    name: str
    trading_as: str
    country: str
    currency: str
    timezone: str
    address: str
    signed_by: str
    phone: str
    phone_hours: str
    email: str
    bank_details: str
    agency: bool
    prefix: str
    customers: int
    people: float  # share of customers who are persons
    phone_pattern: str
    towns: tuple[tuple[str, str, str, str], ...]


FERNLEIGH = Lender(
    "Fernleigh Kitchen Supplies", "", "GB", "GBP", "Europe/London", "Unit 4, Foundry Yard, Leeds LS9 0AB",
    "Ruth Calder", "0113 496 0118", "Monday to Friday, 9 to 5", "accounts@fernleigh.example",
    "Sort code 00-00-00, account 00000000, Fernleigh Kitchen Supplies Ltd", False, "FK", 150, 0.12, "01632 960{:03d}",
    (
        ("Leeds", "", "Europe/London", "LS1 4AP"), ("York", "", "Europe/London", "YO1 7HH"),
        ("Bristol", "", "Europe/London", "BS1 5TR"), ("Cardiff", "Wales", "Europe/London", "CF10 2AF"),
        ("Glasgow", "Scotland", "Europe/London", "G1 3SL"), ("Norwich", "", "Europe/London", "NR2 1TF"),
    ),
)  # fmt: skip
COOLABAH = Lender(
    "Coolabah Trade Hire", "", "AU", "AUD", "Australia/Brisbane", "18 Quarry Road, Geebung QLD 4034", "Mia Hartley",
    "07 5550 0100", "Monday to Friday, 8 to 4", "accounts@coolabah.example",
    "BSB 000-000, account 00000000, Coolabah Trade Hire Pty Ltd", True, "CT", 50, 0.2, "07 5550 0{:03d}",
    (
        ("Brisbane", "QLD", "Australia/Brisbane", "4000"), ("Cairns", "QLD", "Australia/Brisbane", "4870"),
        ("Newcastle", "NSW", "Australia/Sydney", "2300"), ("Geelong", "VIC", "Australia/Melbourne", "3220"),
    ),
)  # fmt: skip
TAMARACK = Lender(
    "Tamarack Dental Care", "", "US", "USD", "America/New_York", "210 Lake Avenue, Albany NY 12208", "Nora Ellison",
    "518-555-0100", "Monday to Friday, 9 to 5", "billing@tamarack.example",
    "Routing 000000000, account 00000000, Tamarack Dental Care PC", True, "TD", 40, 0.9, "518-555-0{:03d}",
    (
        ("Albany", "NY", "America/New_York", "12208"), ("Burlington", "VT", "America/New_York", "05401"),
        ("Columbus", "OH", "America/New_York", "43215"), ("Chicago", "IL", "America/Chicago", "60602"),
    ),
)  # fmt: skip
LENDERS = (FERNLEIGH, COOLABAH, TAMARACK)
