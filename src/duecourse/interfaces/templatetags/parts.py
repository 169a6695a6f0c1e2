"""The parts of a page that recur: chip, reasons, ways, hours strip, budget dots. Each takes its own dataclass."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from duecourse.interfaces.chip import Chip
from duecourse.interfaces.instruments import Budget, Hours, Reason, Way

register = template.Library()


@register.simple_tag
def chip(what: Chip) -> SafeString:
    """A chip; also takes a plain text in a template."""
    return format_html('<span class="{}">{}</span>', what.classes, what.text)


@register.inclusion_tag("parts/reasons.html")
def reasons(found: tuple[Reason, ...]) -> dict[str, Any]:
    return {"reasons": found}


@register.inclusion_tag("parts/ways.html")
def ways(channels: tuple[Way, ...]) -> dict[str, Any]:
    return {"channels": channels}


@register.inclusion_tag("parts/hours.html")
def hours(strip: Hours) -> dict[str, Any]:
    return {"hours": strip}


@register.inclusion_tag("parts/budget.html")
def budget(dots: Budget) -> dict[str, Any]:
    return {"budget": dots}
