"""Papers that a customer may keep: the agreement, and its dates as a calendar file."""

from __future__ import annotations

from datetime import date
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from duecourse.connectors.documents.blocks import Document, Party
from duecourse.connectors.documents.calendar import calendar
from duecourse.connectors.documents.kinds.agreement import Consent, agreement
from duecourse.connectors.documents.saying import Letterhead
from duecourse.core.money.plans.progress import How
from duecourse.core.money.plans.terms import Way, read
from duecourse.interfaces.portal.entrance import Visit
from duecourse.interfaces.portal.owes import today
from duecourse.records.ledger.models import Debt
from duecourse.records.reads.plans import Standing, of_customer

_KINDS: dict[Way, Literal["instalments", "extension", "settlement"]] = {
    Way.EXTENSION: "extension",
    Way.SETTLEMENT: "settlement",
    Way.EARLY_DISCOUNT: "settlement",
}


def reference(found: Standing) -> str:
    """The number of an agreement, as both sides name it."""
    return f"A-{found.id:X}"


def letterhead(visit: Visit, number: str) -> Letterhead:
    """Both sides, in the language of the page."""
    sender, customer = visit.sender, visit.account.customer
    contact = ", ".join(part for part in (sender.phone, sender.hours) if part)
    return Letterhead(
        sender=Party(sender.legal_name, sender.address, visit.account.creditor.country, contact),
        to=Party(customer.name, customer.address, customer.country or visit.account.creditor.country),
        language=get_language() or "en",
        on=today(visit),
        reference=number,
        salutation=customer.salutation,
        signed_by=sender.contact,
        pay_url=f"{settings.BASE_URL}{reverse('portal:link', args=[visit.token])}",
        bank_details=visit.account.creditor.bank_details,
        advice=(_(sender.free_help.line), sender.free_help.url),
    )


def agreement_of(visit: Visit, found: Standing) -> Document:
    """An arrangement that both sides agreed to."""
    terms = read(found.terms)
    refs = dict(Debt.objects.filter(shard=found.shard, id__in=[d for d, _m in terms.debts]).values_list("id", "ref"))
    return agreement(
        letterhead(visit, reference(found)),
        kind=_KINDS.get(terms.way, "instalments"),
        debts=[(refs[debt], minor) for debt, minor in terms.debts],
        parts=terms.instalments,
        currency=found.currency,
        agreed_on=_day(visit, found),
        consents=_consents(visit, found),
    )


def dates_of(visit: Visit, found: Standing) -> bytes:
    """What is still to come, under names that stay the same when the plan is changed."""
    ahead = [(o.number, o.due_date) for o in found.progress(today(visit)).instalments if o.how is not How.PAID]
    return calendar(
        ahead,
        name=f"plan-{_first_version(found):x}",
        title=_("Payment"),
        version=found.version,
        host=urlsplit(settings.BASE_URL).hostname or "localhost",
        at=found.at,
    )


def saved(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file that the browser saves under a name that says nothing of a debt."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _consents(visit: Visit, found: Standing) -> tuple[Consent, Consent] | None:
    hows = {"portal": _("on this page"), "phone": _("by phone"), "email": _("by email"), "letter": _("by letter")}
    zone = ZoneInfo(visit.account.creditor.timezone)
    said = {
        side: Consent(who, at.astimezone(zone).date(), hows.get(channel, channel))
        for side, who, channel, at in found.agreed
    }
    return (said["customer"], said["creditor"]) if {"customer", "creditor"} <= said.keys() else None


def _day(visit: Visit, found: Standing) -> date:
    at = found.agreed[-1][3] if found.agreed else found.at
    return at.astimezone(ZoneInfo(visit.account.creditor.timezone)).date()


def _first_version(found: Standing) -> int:
    before = {p.id: p.replaces_id for p in of_customer(found.shard, found.customer_id)}
    here = found.id
    while (back := before.get(here)) is not None:
        here = back
    return here
