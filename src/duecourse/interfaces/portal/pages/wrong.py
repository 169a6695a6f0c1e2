"""Something is wrong: a dispute with a clock and files, opened here without a call; an invoice that never came is sent again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duecourse.actions.hear_customer import Caller
from duecourse.actions.hear_dispute import Heard, hear_dispute
from duecourse.actions.keep_evidence import MOST_FILES, Brought, NotTaken, look_at
from duecourse.core.language.cards import mask_cards
from duecourse.interfaces.dates import day
from duecourse.interfaces.portal.entrance import Visit, through_link
from duecourse.interfaces.portal.fault import Fault
from duecourse.interfaces.portal.owes import today
from duecourse.interfaces.portal.pages.ask import Choice, Thanks


@dataclass(frozen=True, slots=True)
class Wrong:
    """The page. `invoices` (id, number) are shown after the second fact, where there is more than one."""

    token: str
    choices: tuple[Choice, ...]
    invoices: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    invoice: str = ""
    words: str = ""
    fault_of: dict[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
@through_link
def page(visit: Visit) -> HttpResponse:
    asked = ask(visit.token, _invoices(visit))
    if visit.request.method != "POST":
        return show(visit, asked)
    form = visit.request.POST
    asked = replace(
        asked,
        chosen=form.get("choice", ""),
        invoice=form.get("invoice", ""),
        words=mask_cards(form.get("words", "")[:4000]),
    )
    files, faults = _files(visit)
    if asked.chosen not in {c.value for c in asked.choices}:
        faults.insert(0, Fault("choice", _("Choose the one that fits best.")))
    if faults:
        return show(visit, asked, faults)
    caller = Caller(visit.opened.shard, visit.opened.creditor_id, visit.opened.customer_id)
    heard = hear_dispute(
        caller, asked.chosen, asked.words, debt_id=_debt(visit, asked.invoice), files=files, now=visit.request.now
    )
    thanks = Thanks(
        _("Thank you for telling us. We look into it."), _what_follows(visit, heard, len(files)), visit.token
    )
    return render(visit.request, "portal/thanks.html", {"sender": visit.sender, "page": thanks})


def ask(token: str, invoices: tuple[tuple[str, str], ...] = ()) -> Wrong:
    """The question."""
    return Wrong(
        token,
        (
            Choice("paid", _("I have already paid"), _("We look for the money. You need not pay again.")),
            Choice("amount", _("The amount is not right"), _("We check it with you.")),
            Choice("goods", _("There is a problem with the goods or the work"), _("We put that right first.")),
            Choice("no_invoice", _("I never got the invoice"), _("We send it, and you get the full time to pay.")),
            Choice("other", _("Something else is wrong"), _("Tell us in a few words.")),
        ),
        invoices,
    )


def show(visit: Visit, asked: Wrong, errors: Sequence[Fault] = ()) -> HttpResponse:
    shown = replace(asked, fault_of={e.field: e.text for e in errors})
    context = {"sender": visit.sender, "page": shown, "errors": errors}
    return render(visit.request, "portal/wrong.html", context, status=422 if errors else 200)


def _what_follows(visit: Visit, heard: Heard, files: int) -> tuple[str, ...]:
    if heard.due is not None:
        return (
            _("We send the invoice again to the address we hold."),
            _("You have until %(day)s to pay it.") % {"day": day(heard.due, today(visit))},
            _("Nothing is charged for the time before."),
        )
    assert heard.answer_by is not None
    kept = (_("We have kept what you sent."),) if files else ()
    return (
        _("We have stopped our reminders about it until you have our answer."),
        _("A person answers you by %(day)s.") % {"day": day(heard.answer_by, today(visit))},
        *kept,
        _("It will never make your choices worse."),
    )


def _invoices(visit: Visit) -> tuple[tuple[str, str], ...]:
    debts = visit.account.debts
    return tuple((str(d.id), d.ref) for d in debts) if visit.known and len(debts) > 1 else ()


def _debt(visit: Visit, said: str) -> int | None:
    """The invoice that was chosen, or the only one; None: all of them."""
    debts = visit.account.debts
    if len(debts) == 1:
        return debts[0].id
    return next((d.id for d in debts if visit.known and str(d.id) == said), None)


def _files(visit: Visit) -> tuple[list[Brought], list[Fault]]:
    came = visit.request.FILES.getlist("files")
    if len(came) > MOST_FILES:
        return [], [Fault("files", _("Send up to three files at a time."))]
    words = {
        "empty": _("That file is empty. Choose it again."),
        "large": _("Choose a file of up to 8 MB."),
        "type": _("Choose a photo or a PDF."),
        "unsafe": _("That file holds a program. Send a photo or a plain PDF."),
    }
    found, faults = [], []
    for one in came:
        try:
            found.append(look_at(one.name or "", one.read()))
        except NotTaken as no:
            faults.append(Fault("files", words[no.kind]))
    return found, faults[:1]
