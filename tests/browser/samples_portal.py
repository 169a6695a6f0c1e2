"""Portal pages as a customer may meet them: normal, empty and with errors. Names are those of the design's mockups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from duecourse.actions.set_preferences import Preferences
from duecourse.core.money.plans.dates import Every
from duecourse.core.money.plans.terms import Terms, Way, schedule
from duecourse.interfaces.money import Money
from duecourse.interfaces.portal import offer_words
from duecourse.interfaces.portal.fault import Fault
from duecourse.interfaces.portal.pages import (
    agreement,
    ask,
    check,
    closed,
    help,
    invoices,
    link,
    not_me,
    offers,
    owed,
    paid,
    papers,
    pay,
    plan,
    preferences,
    stop,
    why,
    wrong,
)
from duecourse.interfaces.portal.sender import Sender

TODAY = date(2026, 11, 24)
BY = date(2026, 12, 4)
TOKEN = "4TQ7.x"
SUM = Money(128460, "GBP")
FERNLEIGH = Sender(
    name="Fernleigh Kitchen Supplies",
    legal_name="Fernleigh Kitchen Supplies Ltd",
    place="Leeds",
    contact="Ruth Calder",
    phone="0113 496 0118",
    hours="Monday to Friday, 9 to 5",
    address="14 Tannery Row, Leeds LS2 7EW",
)
OVEN = owed.Line("FK-20418", "combi oven service and parts", SUM, date(2026, 11, 6))
MIXER = owed.Line("FK-20377", "", Money(31840, "GBP"), date(2026, 11, 12), paused=True)
ONE = owed.Owed(TOKEN, "Maya", (SUM,), (OVEN,), BY, TODAY)
WHY = why.Why(
    TOKEN,
    opening="On Tuesday 24 November we sent you an email. This is how that was decided, and what we held back.",
    facts=(
        why.Fact("The invoice", "FK-20418 was due on Friday 6 November. It was still open."),
        why.Fact("Your payments", "We looked just before we wrote. No payment was on its way."),
        why.Fact("How you like to hear from us", "By email, on weekday mornings.", "You told us on 12 March 2025."),
        why.Fact("Anything that should stop us", "No question, pause or promise was open."),
    ),
    decided="One email, at 09:14. About two weeks had passed since the date.",
    not_done=("We did not call.", "We added no fee.", "We told no one else."),
    limits="We keep a limit on how often we write, for all our teams together. The last one was 11 days before.",
    decision="D-91c4",
    rules=14,
)
CHOOSE = pay.Pay(TOKEN, (SUM,), "all-GBP", "", "GBP")
THANKS = paid.Paid(TOKEN, "succeeded", SUM, TODAY, TODAY, (), "Maya", "P-3F9A", mails_receipt=True)

SIX = Terms(Way.PLAN, "GBP", ((1, 128460),), schedule(date(2026, 12, 1), Every.MONTH, (21410,) * 6), every=Every.MONTH)
LATER = Terms(Way.EXTENSION, "GBP", ((1, 128460),), ((date(2026, 12, 21), 128460),))
WAYS = tuple(offer_words.way(n, t, {"burden": 86}, today=TODAY) for n, t in enumerate((SIX, LATER), start=1))
DATES = tuple((day, Money(minor, "GBP")) for day, minor in SIX.instalments)
AGREED = agreement.Agreed(
    TOKEN,
    7,
    "agreed",
    offer_words.name(SIX, 6),
    "Maya",
    tuple(agreement.Payment(d, m, "coming" if n else "due", n == 0) for n, (d, m) in enumerate(DATES)),
    SUM,
    "A-7F",
    TODAY,
    TODAY,
)
WHO = plan.Question(TOKEN, "who", 1, (SUM,), True)
TWO = (SUM, Money(90000, "JPY"))


def _page(template: str, page: Any = None, errors: tuple[Fault, ...] = (), sender: Sender | None = FERNLEIGH):
    return f"portal/{template}.html", {"page": page, "errors": errors, "sender": sender, "token": TOKEN}


WRONG_AMOUNT = (Fault("amount", "Enter an amount, such as 150 or 150.00"),)
NOT_KNOWN = (Fault("known", "That is not what we have. Check it, or try the invoice number."),)
NO_CHOICE = (Fault("choice", "Choose the one that fits best."), Fault("day", "Enter a day that is still to come."))
FAULTY_ASK = replace(help.ask(TOKEN), day="yesterday", fault_of={f.field: f.text for f in NO_CHOICE})

PORTAL = {
    "link": _page("link", link.Landing(TOKEN, (SUM,), BY, TODAY)),
    "link-two-currencies": _page("link", link.Landing(TOKEN, (SUM, Money(90000, "JPY")), None, TODAY)),
    "link-error": _page("link", link.Landing(TOKEN, (SUM,), BY, TODAY, "LS1"), NOT_KNOWN),
    "owed": _page("owed", ONE),
    "owed-many": _page("owed", replace(ONE, owed=(Money(160300, "GBP"),), lines=(OVEN, MIXER))),
    "owed-ahead": _page("owed", replace(ONE, lines=(replace(OVEN, due=BY),))),
    "settled": _page("settled"),
    "covered": ("portal/settled.html", {"sender": FERNLEIGH, "covered": True}),
    "pay": _page("pay", CHOOSE),
    "pay-error": _page("pay", replace(CHOOSE, choice="part", typed="some"), WRONG_AMOUNT),
    "paid": _page("paid", THANKS),
    "paid-part": _page("paid", replace(THANKS, paid=Money(15000, "GBP"), left=(Money(113460, "GBP"),))),
    "paid-pending": _page("paid", replace(THANKS, state="pending")),
    "paid-failed": _page("paid", replace(THANKS, state="failed")),
    "cannot-pay": _page("cannot_pay"),
    "why": _page("why", WHY),
    "help": _page("ask", help.ask(TOKEN)),
    "help-error": _page("ask", FAULTY_ASK, NO_CHOICE),
    "wrong": _page("wrong", wrong.ask(TOKEN)),
    "wrong-error": _page(
        "wrong",
        replace(wrong.ask(TOKEN, (("1", "FK-20418"), ("2", "FK-20377"))), fault_of={"files": "Choose a photo or a PDF."}),
        (Fault("files", "Choose a photo or a PDF."),),
    ),
    "owed-looking": _page("owed", replace(ONE, looking_into=("We send no reminders until Friday 4 December.",))),
    "plan-who": _page("plan", WHO),
    "plan-manage": _page("plan", replace(WHO, step="manage", number=2, owed=TWO)),
    "plan-firm": _page("plan", replace(WHO, step="manage", number=2, person=False)),
    "plan-error": _page(
        "plan",
        replace(WHO, step="manage", number=2, person=False, fault_of={"on1": "Enter a day."}),
        (Fault("on1", "Enter a day."),),
    ),
    "plan-when": _page("plan", replace(WHO, step="when", number=3, form={"every": "month"})),
    "offers": _page("offers", offers.Offers(TOKEN, SUM, WAYS, offer_words.means(SIX))),
    "offers-error": _page(
        "offers", offers.Offers(TOKEN, SUM, WAYS, offer_words.means(SIX)), (Fault("way", "Choose the one that fits best."),)
    ),
    "terms": _page("terms", offers.Agree(TOKEN, 5, WAYS[0].name, DATES, SUM, offer_words.means(SIX), TODAY, changes=True)),
    "agreed": _page("agreed", AGREED),
    "agreed-waits": _page("agreed", replace(AGREED, state="proposed", answer_by=BY)),
    "plan-kept": _page("agreed", replace(AGREED, state="kept", made=date(2026, 5, 1))),
    "plan-end": _page("confirm", agreement.confirm(TOKEN)),
    "preferences": _page("preferences", preferences.shown(TOKEN, Preferences(frozenset({"call"})))),
    "papers": _page("papers", papers.Papers(TOKEN, (papers.Paper(7, "A-7F", TODAY),), ("EUR", "GBP"), TODAY)),
    "thanks": _page("thanks", ask.Thanks("Thank you for telling us.", ("We have stopped our reminders.",), TOKEN)),
    "not-me": _page("confirm", not_me.confirm(TOKEN)),
    "stop": _page("confirm", stop.confirm(TOKEN)),
    "check": _page("check", check.Check("fernleigh.example"), sender=None),
    "check-found": _page("check", check.Check("fernleigh.example", "FK 20418", True, (FERNLEIGH,)), sender=None),
    "check-unknown": _page("check", check.Check("fernleigh.example", "XX", True), sender=None),
    "expired": _page("expired", closed.Closed(TOKEN, True), sender=None),
    "no-page": _page("no_page", sender=None),
    "your-data": _page("your_data", sender=None),
    "access": _page("access", sender=None),
    "invoices": _page(
        "invoices",
        invoices.Invoices(
            TOKEN,
            (
                invoices.Invoice(
                    "FK-20418", "Combi oven service and parts", date(2026, 10, 7), date(2026, 11, 6),
                    Money(150000, "GBP"), SUM,
                    (invoices.Move("Paid, thank you", Money(-21540, "GBP"), date(2026, 10, 30)),),
                ),
                invoices.Invoice(
                    "FK-20019", "", date(2026, 8, 7), date(2026, 9, 6), SUM, Money(0, "GBP"),
                    (invoices.Move("Paid, thank you", Money(-128460, "GBP"), date(2026, 9, 2)),),
                ),
            ),
            TODAY,
        ),
    ),
}  # fmt: skip
"""Name → template and context."""
