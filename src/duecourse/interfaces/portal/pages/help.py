"""Not now, or I need help: asked for here, without a call."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duecourse.actions.hear_customer import NEEDS
from duecourse.interfaces.portal.entrance import Visit, through_link
from duecourse.interfaces.portal.pages.ask import Ask, Choice, answer, show


@require_http_methods(["GET", "HEAD", "POST"])
@through_link
def page(visit: Visit) -> HttpResponse:
    asked = ask(visit.token)
    if visit.request.method == "POST":
        return answer(visit, asked, NEEDS, _("Thank you for telling us."))
    return show(visit, asked)


def ask(token: str) -> Ask:
    """The question."""
    return Ask(
        token,
        title=_("Tell us what would help"),
        lead=_("We stop our reminders while we look. It will never make your choices worse."),
        choices=(
            Choice("time", _("I need more time"), _("We pause, and agree on a day with you.")),
            Choice("hard", _("Things are hard just now"), _("A trained person looks at it with you.")),
            Choice("talk", _("I would like to talk to someone"), _("A person gets in touch. You can also call.")),
        ),
        words_label=_("Is there anything we should know?"),
        words_hint=_("You can leave it empty. Please do not write card numbers."),
        button=_("Send it"),
        asks_day=True,
    )
