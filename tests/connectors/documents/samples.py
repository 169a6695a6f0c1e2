"""One document of each kind, in any language, with names that need care."""

from __future__ import annotations

from datetime import date

from duecourse.connectors.documents.blocks import Party
from duecourse.connectors.documents.kinds.agreement import Consent, agreement
from duecourse.connectors.documents.kinds.dispute import dispute_closed, dispute_opened
from duecourse.connectors.documents.kinds.information import information
from duecourse.connectors.documents.kinds.last_resort import last_resort
from duecourse.connectors.documents.kinds.letter import letter
from duecourse.connectors.documents.kinds.receipt import Share, receipt
from duecourse.connectors.documents.kinds.statement import Movement, statement
from duecourse.connectors.documents.kinds.validation import Validation, validation
from duecourse.connectors.documents.saying import Letterhead, Money

ON, DUE = date(2026, 11, 25), date(2026, 12, 4)
GBP = lambda minor: Money(minor, "GBP")  # noqa: E731


def head(language="en-GB", country="GB"):
    return Letterhead(
        Party("Fernleigh Kitchen Supplies", "1 High Street\nBath BA1 1AA", "GB", "01225 555 010, Mon to Fri 9 to 5"),
        Party("Żółć & Søn “Café” <b>#hi</b> $x$ @y", "Unit 4, 22 Harbour Road, Bristol BS1 4RB", country), language, ON, "INV-2041",
        salutation="Sam", signed_by="Priya Nair", pay_url="https://pay.example/p/1-2-3.abcdefghijklmnop/",
        bank_details="Sort code 20-00-00\nAccount 5577 9955", advice=("Business Debtline gives free advice.", "https://www.businessdebtline.org/"),
    )  # fmt: skip


def us(language="en-US"):
    return Letterhead(
        Party("North Shore Recovery", "PO Box 12, Albany, NY 12201", "US", "518-555-0100"),
        Party("Maria Alvarez", "12 Elm Street, Albany, NY 12203", "US"), language, ON, "NSR-7781", pay_url="https://pay.example/p/x/",
    )  # fmt: skip


DEBT = Validation(
    "Lakeside Credit Union", "First Lake Bank", "ending 4401", date(2026, 8, 31), "USD", 50000, 1250, 0, 10000, 0, date(2027, 1, 4),
    True, "https://pay.example/p/x/dispute/",
)  # fmt: skip
CONSENTS = (Consent("Sam Blue", ON, "on the page"), Consent("Priya Nair", ON, "by phone"))
PARTS = [(date(2026, 12, 4), 42820), (date(2027, 1, 4), 42820), (date(2027, 2, 4), 42820)]


def every(language="en-GB"):
    h = head(language)
    agreed = dict(currency="GBP", agreed_on=ON, consents=CONSENTS)
    return {
        "statement": statement(
            h, since=date(2026, 10, 1), until=ON, opening=GBP(1000),
            movements=[Movement(date(2026, 10, 3), "INV-2041", 128460), Movement(date(2026, 11, 1), "Paid", -1000)],
        ),
        "receipt": receipt(h, paid=GBP(50000), paid_on=ON, shares=[Share("INV-2041", 50000, 78460)], still_open=GBP(78460)),
        "instalments": agreement(h, kind="instalments", debts=[("INV-2041", 128460)], parts=PARTS, **agreed),
        "extension": agreement(h, kind="extension", debts=[("INV-2041", 128460)], parts=[(DUE, 128460)], **agreed),
        "settlement": agreement(h, kind="settlement", debts=[("INV-2041", 128460)], parts=[(DUE, 90000)], currency="GBP", agreed_on=ON, consents=None),
        "last_resort": last_resort(h, open_=GBP(128460), what="INV-2041", by=date(2026, 12, 18), agency="Harbour Collections"),
        "dispute_opened": dispute_opened(h, claim="two of the plates were broken", answer_by=DUE),
        "dispute_closed": dispute_closed(h, outcome="part", found="Two plates were broken. We took them off the bill.", before=GBP(128460), now=GBP(120000), evidence=["Your photo", "The delivery note"]),
        "information": information(h, open_=GBP(128460), late=GBP(128460), charges=GBP(0), late_since=date(2026, 11, 6), last_paid=None),
        "letter": letter(h, words="# One invoice is open\n\nDear Sam,\n\n[amount]\n\nis open.\n\n- one\n- two\n\n[invoices]\n\n[pay]", total="£1,284.60", invoices=[("Invoice", "Amount"), ("INV-2041", "£1,284.60")]),
        "validation": validation(us("es-US" if language.startswith("es") else "en-US"), DEBT),
    }  # fmt: skip
