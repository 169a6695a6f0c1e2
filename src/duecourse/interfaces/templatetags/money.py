"""`{% amount money "hero" %}`: the amount, its minor units lighter, readable by machines."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from duecourse.interfaces.money import Money, parts, plain
from duecourse.interfaces.money import words as in_words

register = template.Library()


@register.simple_tag
def amount(money: Money, size: str = "") -> SafeString:
    """A `<data>` element; `size` is "", "hero" or "mid"."""
    major, minor, rest = parts(money)
    return format_html(
        '<data class="amount{}" value="{} {}">{}{}{}</data>',
        f" amount--{size}" if size else "",
        money.currency,
        plain(money),
        major,
        format_html('<span class="m">{}</span>', minor) if minor else "",
        rest,
    )


@register.filter
def words(money: Money) -> str:
    """The amount as plain text, for labels and sentences."""
    return in_words(money)
