"""Something is wrong: already paid, wrong amount, a problem with the work, no invoice. We pause while we look."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duecourse.actions.hear_customer import FAULTS
from duecourse.interfaces.portal.entrance import Visit, through_link
from duecourse.interfaces.portal.pages.ask import Ask, Choice, answer, show


@require_http_methods(["GET", "HEAD", "POST"])
@through_link
def page(visit: Visit) -> HttpResponse:
    asked = ask(visit.token)
    if visit.request.method == "POST":
        return answer(visit, asked, FAULTS, _("Thank you for telling us. We look into it."))
    return show(visit, asked)


def ask(token: str) -> Ask:
    """The question."""
    return Ask(
        token,
        title=_("What is wrong?"),
        lead=_("We pause while we look. A person answers you."),
        choices=(
            Choice("paid", _("I have already paid"), _("We look for the money. You need not pay again.")),
            Choice("amount", _("The amount is not right"), _("We check it with you.")),
            Choice("work", _("There is a problem with the goods or the work"), _("We put that right first.")),
            Choice("no_invoice", _("I never got the invoice"), _("We send it, and you get the full time to pay.")),
        ),
        words_label=_("What happened?"),
        words_hint=_("A few words are enough. Please do not write card numbers."),
        button=_("Send it"),
    )
