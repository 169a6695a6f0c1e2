"""Reading a value by a name that is itself a value."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(values: Mapping[str, str], name: str) -> str:
    """The value of that name; empty where there is none."""
    return values.get(name, "")
