"""Costs: what collecting costs, what a customer is worth, and the numbers behind both, which a person may edit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from duecourse.actions.set_costs import BadCosts, costs_of, set_costs, set_worth, worth_of
from duecourse.core.measure.definitions import BY_KEY
from duecourse.interfaces.desk.frame import frame_of
from duecourse.interfaces.figure_words import worded
from duecourse.interfaces.forgiving.amounts import amount as read_amount
from duecourse.interfaces.insight.course import courses
from duecourse.interfaces.insight.tabs import tabs
from duecourse.interfaces.insight.whose import whose
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.insight.tallies import counted_days
from duecourse.records.parties.models import Creditor
from duecourse.records.reads.desk_frame import waiting

KEYS = (
    "cost_of_collecting", "cost_to_collect", "written_off", "write_off_rate", "customer_value_year", "customers_lost",
    "replacing_cost", "retention_after_collection",
)  # fmt: skip
LABELS = {
    "email": "An e-mail", "sms": "A text", "letter": "A letter", "phone": "A call", "task_minutes": "Minutes of a task",
    "hour": "An hour of a collector", "times": "Winning a customer costs so many times what keeping one does",
    "keeping_cost": "Keeping a customer for a year",
}  # fmt: skip
WHOLE = ("task_minutes", "times")


@dataclass(frozen=True, slots=True)
class Field:
    """A number of the form, as typed or as it stands."""

    name: str
    label: str
    value: str
    fault: str = ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET shows; POST puts other numbers in force for one creditor."""
    own = whose(request)
    creditor = Creditor.objects.get(pk=own.chosen) if own.chosen else Creditor.objects.order_by("name").first()
    errors: list[Fault] = []
    if request.method == "POST" and creditor is not None:
        try:
            _set(request, creditor)
        except BadCosts as error:
            errors = [Fault(error.field, str(error))]
        else:
            messages.success(request, "Numbers changed. Figures are counted with them within a quarter of an hour")
            return redirect(f"{reverse('desk:costs')}?creditor={creditor.pk}")
    found = courses(counted_days(own.creditors))
    figures = [
        (BY_KEY[key].name, BY_KEY[key].formula, [(c, worded(course.now[key], BY_KEY[key].unit, c)) for c, course in found.items()])
        for key in KEYS
    ]  # fmt: skip
    context = {
        "figures": figures, "fields": _fields(request, creditor, errors), "creditor": creditor, "own": own, "errors": errors,
        "tabs": tabs(request, "costs"), "frame": frame_of(request, waiting()), "current": "Dashboard",
    }  # fmt: skip
    return render(request, "insight/costs.html", context, status=422 if errors else 200)


def _set(request: HttpRequest, creditor: Creditor) -> None:
    read = {}
    for name in LABELS:
        said = request.POST.get(name, "").strip()
        if name in WHOLE:
            value = int(said) if said.isdecimal() else None
        else:
            # Amounts are kept for two decimals and scale with the currency, whatever the creditor's own has.
            value = 0 if said.strip("0.,") == "" and said else read_amount(said, "GBP")
        if value is None:
            raise BadCosts(
                name, "Enter a whole number, such as 5" if name in WHOLE else "Enter an amount, such as 1.30"
            )
        read[name] = value
    who = request.user.get_full_name() or request.user.get_username()
    set_worth(creditor.pk, times=read.pop("times"), keeping_cost=read.pop("keeping_cost"), by=who, now=request.now)
    set_costs(creditor.pk, read, by=who, now=request.now)


def _fields(request: HttpRequest, creditor: Creditor | None, errors: list[Fault]) -> tuple[Field, ...]:
    if creditor is None:
        return ()
    times, keeping = worth_of(creditor.pk)
    now = {**costs_of(creditor.pk), "times": times, "keeping_cost": keeping}
    faults = {e.field: e.text for e in errors}
    return tuple(
        Field(
            name, label,
            request.POST.get(name) or (str(now[name]) if name in WHOLE else f"{Decimal(now[name]) / 100:.2f}"),
            faults.get(name, ""),
        )
        for name, label in LABELS.items()
    )  # fmt: skip
