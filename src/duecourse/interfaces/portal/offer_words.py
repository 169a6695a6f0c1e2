"""A way to pay in the customer's words: its name, its amount, when, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duecourse.core.money.plans.terms import Terms
from duecourse.interfaces.dates import day
from duecourse.interfaces.money import Money, words


@dataclass(frozen=True, slots=True)
class Way:
    """One choice. `amount` is what is paid at a time, `per` how often; `fits` is said where it suits what they told us."""

    place: int
    name: str
    amount: Money
    per: str
    when: str
    fits: str = ""


def way(place: int, terms: Terms, figures: Mapping[str, Any], *, today: date) -> Way:
    """From the terms as they would be agreed."""
    (first, minor), (last, _last) = terms.instalments[0], terms.instalments[-1]
    count, begins, ends = len(terms.instalments), day(first, today), day(last, today)
    if count == 1:
        when = _("On %(day)s, in one go") % {"day": begins}
        if terms.forgiven_minor:
            let_go = words(Money(terms.forgiven_minor, terms.currency))
            when = _("By %(day)s. We let the other %(rest)s go.") % {"day": begins, "rest": let_go}
        per = _("once")
    else:
        when = _("First on %(first)s, last on %(last)s") % {"first": begins, "last": ends}
        per = _per(terms)
    if terms.review_date:
        when += ". " + _("We look again with you by %(day)s.") % {"day": day(terms.review_date, today)}
    burden = figures.get("burden")
    fits = _("Within what you told us") if burden is not None and burden <= 100 and count > 1 else ""
    return Way(place, name(terms, count), Money(minor, terms.currency), per, when, fits)


def name(terms: Terms, count: int) -> str:
    """A heading.

    >>> from duecourse.core.money.plans.terms import Way as Kind
    >>> name(Terms(Kind.EXTENSION, "GBP", ((1, 500),), ((date(2026, 5, 1), 500),)), 1)
    'Pay it all later'
    """
    kind = terms.way.value
    if kind in ("plan", "consolidation"):
        return {
            "month": ngettext("%(n)s monthly payment", "%(n)s monthly payments", count),
            "payday": ngettext("%(n)s payment on payday", "%(n)s payments on payday", count),
            "fortnight": ngettext("%(n)s payment every two weeks", "%(n)s payments every two weeks", count),
            "week": ngettext("%(n)s weekly payment", "%(n)s weekly payments", count),
            "once": ngettext("%(n)s payment on your days", "%(n)s payments on your days", count),
        }[terms.every.value] % {"n": count}
    return {
        "extension": _("Pay it all later"),
        "reduction": _("Less for a while"),
        "settlement": _("Pay part of it, once"),
        "early_discount": _("A little less, early"),
    }[kind]


def means(terms: Terms) -> tuple[str, ...]:
    """What it means for the customer."""
    said = [_("We stop sending reminders while you keep to it.")]
    if not terms.forgiven_minor:
        total = words(Money(terms.total_minor, terms.currency))
        said.append(_("You pay %(total)s in all. No fees. No interest.") % {"total": total})
    said += [
        _("You can pay early or change it here, without a call."),
        _("If a payment does not come, we ask what happened first."),
        _("The last payment is never more than what is left."),
    ]
    return tuple(said)


def _per(terms: Terms) -> str:
    return {
        "month": _("a month"),
        "payday": _("each payday"),
        "fortnight": _("every two weeks"),
        "week": _("a week"),
        "once": _("the first time"),
    }[terms.every.value]
