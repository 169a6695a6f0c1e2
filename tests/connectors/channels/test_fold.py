"""A folded template writes what the plain one writes, to the byte, and fails where it fails."""

from __future__ import annotations

from itertools import product

import pytest
from liquid import Environment
from liquid.exceptions import LiquidError
from liquid.undefined import FalsyStrictUndefined

from duecourse.connectors.channels import letter_text
from duecourse.connectors.channels.fold import fold
from duecourse.connectors.channels.liquid_limits import MOST_PAGE, environment

KNOWN = {"creditor": {"name": "A & B", "phone": ""}, "tone": "due", "words": ["x", "y", "z"]}
DATA = KNOWN | {"name": "Bo <b>", "debts": [{"ref": "1"}, {"ref": "2"}], "n": 2}
SOURCES = {
    "constants": "{% assign ui = \"'x'\" %}{{ ui }}|{{ creditor.name }}|{{ name }}",
    "a name read before it is assigned": "{% if late %}no{% endif %}{% assign late = 'a' %}{{ late }}{{ name }}",
    "assigned twice": "{% assign many = false %}{% if debts.size > 1 %}{% assign many = true %}{% endif %}{{ many }}",
    "an assigned name hides a given one": "{{ tone }}{% assign tone = 'own' %}{{ tone }}{{ name }}",
    "a loop's name hides a given one": "{% for tone in debts %}{{ tone.ref }}{% endfor %}{{ tone }}",
    "a constant that a branch assigns": "{% if n == 2 %}{% assign tone = 'b' %}{% endif %}{{ tone }}",
    "a decided branch": "{% if creditor.phone != blank %}phone{% elsif tone == 'due' %}due {{ name }}{% else %}x{% endif %}",
    "an undecided one": "{% if n > 1 %}{{ creditor.name }}{% else %}{{ tone }}{% endif %}",
    "a decided case": "{% case tone %}{% when 'x' %}1{% when 'due', 'late' %}2{% else %}3{% endcase %}",
    "an undecided case": "{% case n %}{% when 1 %}{{ tone }}{% when 2 %}[{{ creditor.name }}]{% endcase %}",
    "loops": "{% for w in words limit: n %}{{ w }}{{ forloop.index }}{% endfor %}{% for w in words limit: 2 %}{{ w }}{% endfor %}",
    "a loop over the customer's": "{% for d in debts %}{{ tone }}{{ d.ref }}{% unless forloop.last %},{% endunless %}{% endfor %}",
    "blank blocks": "{% if tone == 'due' %}  {% assign gap = 1 %}  {% endif %}[{{ gap }}]",
    "state": "{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}{% increment i %}{% increment i %}{% capture c %}{{ tone }}{% endcapture %}{{ c }}",
    "a missing name": "{{ tone }}{{ nothing.there }}",
    "a missing name that nobody reaches": "{% if n == 9 %}{{ creditor.none }}{% endif %}fine",
    "computed names": "{{ creditor[tone] }}{{ [tone] }}",
    "filters": "{{ creditor.name | upcase | append: name }}{{ missing | default: tone }}",
    "the day is not frozen": "{{ 'now' | date: '%Y' | size }}{{ now | date: '%Y' | size }}",
}


@pytest.mark.parametrize("case", SOURCES)
@pytest.mark.parametrize("escape", [False, True])
def test_the_same_to_the_byte(case, escape):
    plain = Environment(autoescape=escape, undefined=FalsyStrictUndefined)
    for given in ({}, KNOWN, {"tone": "due"}):
        assert outcome(fold(plain, SOURCES[case], given)) == outcome(plain.from_string(SOURCES[case]))


def outcome(template):
    try:
        return template.render(**DATA)
    except LiquidError as error:
        return type(error).__name__


def test_the_packaged_messages_are_the_same():
    for name, n, words, lang in product(
        ("receipt", "reminder_day30", "reminder_due"), (1, 3), ("", "Plates & <cups>"), ("en", "de")
    ):
        message, data = letter_text.message(name, lang), letter(n, words)
        ready, given = message.render(data), message._given(data)
        told = vars(message.mail_words(data))
        text, html = (
            environment(autoescape=escape, most=MOST_PAGE)
            .from_string(letter_text._frame(kind))
            .render(**given, told=told)
            for kind, escape in (("txt", False), ("html", True))
        )
        assert (ready.text, ready.html) == (text.strip() + "\n", html)


def letter(n, words):
    debt = {
        "ref": "INV-1",
        "description": words,
        "amount": "£12.00",
        "left": words,
        "due_date": "3 May",
        "days_late": 2,
    }
    home = "http://localhost:8000/p/1-1-1.abc/"
    return {
        "creditor": {"name": "F & Sons", "contact": "P", "phone": words, "hours": "9", "address": "1 High St", "place": ""},
        "customer": {"name": "A <b>", "salutation": ""}, "debts": [debt] * n, "total": "£1,200.50", "due_by": "Friday",
        "tone": "day30", "lang": "en-GB", "free_help": {"name": "N", "line": "L & M", "url": "https://x/"}, "paid": "£5.00",
        "paid_date": "1 May", "reference": words, "pay_url": home, **{f"{p}_url": home + p for p in ("help", "wrong", "why", "stop")},
    }  # fmt: skip


def test_folding_leaves_little_to_do():
    message = letter_text.message("reminder_day14")
    message.render(letter(1, "Plates"))
    plain = environment(autoescape=True, most=MOST_PAGE).from_string(letter_text._frame("html"))
    _, _, html = next(reversed(message._ready.values()))
    assert len(html.nodes) < len(plain.nodes) * 0.6
