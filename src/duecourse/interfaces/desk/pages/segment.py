"""Choose how a customer is treated, or let the rules speak again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from duecourse.actions.choose_segment import BadChoice, choose, end
from duecourse.interfaces.desk.expected import NAMES
from duecourse.interfaces.desk.pages.customer import shown
from duecourse.interfaces.desk.rows import customer_url
from duecourse.interfaces.forgiving.days import day as read_day
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.parties.models import Creditor, Customer


@login_required
@require_POST
def chosen(request: HttpRequest, shard: int, customer_id: int) -> HttpResponse:
    """`segment` empty ends the choice that runs."""
    customer = Customer.objects.filter(shard=shard, id=customer_id).first()
    if customer is None:
        raise Http404
    form = request.POST
    who = request.user.get_full_name() or request.user.get_username()
    if not form.get("segment"):
        end(shard, customer_id, by=who, now=request.now)
        messages.success(request, "The rules decide the segment again")
        return redirect(customer_url(shard, customer_id) + "#expected")
    creditor = Creditor.objects.get(pk=customer.creditor_id)
    zone, said = ZoneInfo(creditor.timezone), form.get("segment_until", "").strip()
    until = read_day(said, request.now.astimezone(zone).date(), day_first=creditor.country != "US") if said else None
    try:
        if said and until is None:
            raise BadChoice("segment_until", "Enter a day that is still to come, such as Friday or 4 dec")
        last = datetime.combine(until + timedelta(days=1), time(), zone).astimezone(UTC) if until else None
        choose(
            shard, customer.creditor_id, customer_id, segment=form["segment"], why=form.get("segment_why", ""), by=who,
            now=request.now, until_at=last,
        )  # fmt: skip
    except BadChoice as error:
        return shown(request, shard, customer_id, form=form.dict(), errors=[Fault(error.field, str(error))])
    messages.success(request, f"{customer.name} is treated as “{NAMES[form['segment']].lower()}” from the next day on")
    return redirect(customer_url(shard, customer_id) + "#expected")
