"""What each figure means, in words. The dashboard shows these, and docs/kpis.md is checked against them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Unit = Literal["count", "money", "days", "share", "index", "buckets"]


@dataclass(frozen=True)
class Definition:
    """`key` is the name in FORMATS; `rows` names the rows that it is counted from, or is empty."""

    key: str
    name: str
    unit: Unit
    formula: str
    rows: str = ""


DEFINITIONS: Final = (
    Definition(
        "open_count",
        "Open invoices",
        "count",
        "Invoices with a balance above zero at the close of the day. The balance is every booking on the invoice up to "
        "that day, by its booking date.",
        "open",
    ),
    Definition(
        "open_amount",
        "Open amount",
        "money",
        "The sum of those balances. Money that no invoice has taken yet is not taken off.",
        "open",
    ),
    Definition(
        "overdue_count",
        "Overdue invoices",
        "count",
        "Open invoices whose due date has passed. Due today is not overdue.",
        "open",
    ),
    Definition("overdue_amount", "Overdue amount", "money", "The sum of the balances of overdue invoices.", "open"),
    Definition(
        "ageing",
        "Ageing",
        "buckets",
        "The open amount by days past the due date: current (not past due), 1 to 30, 31 to 60, 61 to 90, over 90.",
        "open",
    ),
    Definition(
        "dso_simple_90",
        "DSO, simple",
        "days",
        "Open amount at the close of the day, over credit sales of the last 90 days, times 90. Credit sales are "
        "invoices less credit notes, by booking date.",
        "sales",
    ),
    Definition(
        "dso_countback",
        "DSO, countback",
        "days",
        "The open amount is used up month by month against that month's credit sales, newest first. Days are counted, "
        "the last month in part. Empty where 36 months of sales do not reach.",
        "open",
    ),
    Definition(
        "collection_rate_30",
        "Collection rate, 30 days",
        "share",
        "Money received within 30 days of the due date, over what was asked. Counted are invoices whose 30 days ended "
        "in the last 90 days. Credit notes and write-offs are left out of both.",
        "collection",
    ),
    Definition(
        "cei_90",
        "Collection effectiveness",
        "index",
        "Open amount 90 days ago plus credit sales since, less the open amount now; over the same sum less the open "
        "amount now that is not overdue; times 100.",
        "open",
    ),
    Definition(
        "promises_kept",
        "Promises kept",
        "share",
        "Promises to pay that were kept, over those judged in the last 90 days. Kept means that the cash came by the "
        "day after the promised date. Cash counts for one promise only, the earlier one first.",
        "promises",
    ),
    Definition("plans_kept", "Plans kept", "share", "Payment plans kept. Empty until plans exist in the book."),
    Definition(
        "retention_after_collection",
        "Customers kept after collection",
        "share",
        "Customers who bought again within 120 days after an overdue case closed, over all whose case closed 120 to "
        "210 days ago. A case is an invoice that we wrote or spoke about.",
        "retention",
    ),
    Definition(
        "first_contact_resolution",
        "Solved at the first contact",
        "share",
        "Cases closed in the last 90 days with one contact, in either direction, over all cases closed in that time.",
        "resolution",
    ),
    Definition("csat", "Satisfaction", "share", "Answers to our survey. Empty until customers are asked."),
    Definition(
        "false_chase_rate",
        "False chases",
        "share",
        "Contacts that named an invoice whose money was there already, over all contacts of the last 90 days that "
        "named an invoice. Money counts from the moment we posted it, or from the day after its booking date.",
        "chases",
    ),
    Definition(
        "contacts",
        "Contacts",
        "count",
        "Contacts of the last 90 days that asked for money, on any channel. One message about several invoices of one "
        "currency is one contact.",
        "contacts",
    ),
    Definition(
        "contacts_saved",
        "Contacts saved",
        "count",
        "Contacts not made, against the holdout. Empty until a holdout has run.",
    ),
)
"""One definition each, in the order of the report."""

BY_KEY: Final = {d.key: d for d in DEFINITIONS}
