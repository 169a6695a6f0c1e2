"""What each figure means, in words. The dashboard shows these, and docs/kpis.md is checked against them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Unit = Literal["count", "money", "days", "minutes", "share", "index", "buckets"]


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
    Definition(
        "plans_kept",
        "Plans kept",
        "share",
        "Instalments that were kept, over those judged in the last 90 days. Kept means that by the day after it was due, "
        "the money since the agreement came to what was owed by then. After a plan was stopped or replaced nothing is due.",
        "instalments",
    ),
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
        "What customers under the playbook that runs would have got at the rate of those drawn by lot for another, less "
        "what they got. Contacts of the last 90 days, while a trial by lot ran. Empty without one.",
        "arms",
    ),
    Definition(
        "on_time_share",
        "Paid on time",
        "share",
        "Invoices that were paid in full on their due date, over all that fell due in the last 90 days. Credit notes and "
        "write-offs are left out of both.",
        "due",
    ),
    Definition(
        "written_off",
        "Written off",
        "money",
        "What was written off in the last 90 days, less what was taken back.",
        "writeoffs",
    ),
    Definition(
        "write_off_rate", "Leakage", "share", "Written off, over the credit sales of the same 90 days.", "writeoffs"
    ),
    Definition(
        "cost_of_collecting",
        "Cost of collecting",
        "money",
        "Contacts of the last 90 days that asked for money, each at the cost of its channel, and the tasks that people "
        "closed, each at so many minutes of an hour. The creditor's cost sheet says how much; it can be edited.",
        "costs",
    ),
    Definition(
        "cost_to_collect",
        "Cost to collect",
        "share",
        "Cost of collecting, over the cash received in the same 90 days.",
        "costs",
    ),
    Definition(
        "customer_value_year",
        "A customer's year",
        "money",
        "Credit sales of the last 365 days, over the customers who bought.",
        "bought",
    ),
    Definition(
        "customers_lost",
        "Customers lost after collection",
        "count",
        "Customers whose overdue case closed 120 to 210 days ago and who have not bought again within 120 days.",
        "retention",
    ),
    Definition(
        "replacing_cost",
        "Cost of replacing them",
        "money",
        "Those customers, times what winning another costs: the cost of keeping one times the creditor's factor, which is "
        "5 until it is edited.",
        "retention",
    ),
    Definition(
        "complaints",
        "Complaints",
        "count",
        "Complaints of the last 90 days: tickets, holds that no ticket placed, and messages marked as spam.",
        "complaints",
    ),
    Definition(
        "complaint_rate",
        "Complaints a contact",
        "share",
        "Complaints, over contacts that asked for money.",
        "complaints",
    ),
    Definition(
        "tasks_per_person",
        "Tasks a person",
        "index",
        "Tasks that people closed in the last 90 days, over the people who closed them.",
        "done",
    ),
    Definition(
        "time_to_human",
        "Time to a human",
        "minutes",
        "The middle wait between a customer's word and the person who took it up, of those taken up in the last 90 days. "
        "Counted in minutes up to two hours, then quarters of an hour, then hours.",
        "waits",
    ),
    Definition(
        "forecast_error",
        "Forecast error",
        "share",
        "How far the cash of a week was from what was told as it began, over the cash of those weeks. Weeks that ended in "
        "the last 90 days and of which something was told.",
        "told",
    ),
)
"""One definition each, in the order of the report."""

BY_KEY: Final = {d.key: d for d in DEFINITIONS}
