"""Templates are untrusted: 200 payloads reach no attribute, method, file or clock, and stop within 50 ms and 20 kB."""

from __future__ import annotations

import time
from datetime import date

import pytest
from liquid.exceptions import LiquidError

from duecourse.connectors.channels.liquid_limits import MOST_WORDS, environment


class Secret:
    """What must never be reached."""

    password = "S3CRET"

    def leak(self):
        return "S3CRET"


DATA = {
    "a": "x",
    "o": Secret(),
    "d": date(2026, 1, 1),
    "l": ["x", "y"],
    "creditor": {"name": "N"},
    "f": Secret().leak,
    "n": 3,
}
NAMES = ("__class__", "__init__", "__dict__", "__globals__", "__mro__", "__subclasses__", "__builtins__", "__import__", "password", "leak",
         "format", "func_globals", "gi_frame", "mro", "strftime", "today", "env", "self", "_context", "keys")  # fmt: skip
REACH = [
    f"{{{{ {root}.{name} }}}}" for root in ("a", "o", "l", "f") for name in NAMES
] + [f"{{{{ {root}['{name}'] }}}}" for root in ("o", "d", "creditor") for name in NAMES]  # fmt: skip
FILES = [
    f"{{% {tag} {what} %}}" for tag in ("include", "render", "extends", "layout", "import", "block", "macro", "with")
    for what in ("'/etc/passwd'", "'../say.toml'", "'http://x.example/'")
]  # fmt: skip
ODD = [
    "{% raw %}{{ o.password }}", "{{ o | map: 'password' }}", "{{ l | where: 'password' }}", "{{ l | join: o.password }}",
    "{{ 'now' | date: '%Y' }}", "{{ now }}", "{{ o.password | safe }}", "{{ a | url_decode }}", "{{ '%24' | base64_decode }}",
    "{% echo o.password %}", "{% liquid echo o.password %}", "{% increment x %}", "{% capture x %}{{ o.leak }}{% endcapture %}{{ x }}",
    "{{ o.leak() }}", "{{ o.__class__.__mro__[1] }}", "{% for x in o %}{{ x }}{% endfor %}", "{% tablerow x in l %}{% endtablerow %}",
    "{{ a | replace: 'x', o.password }}", "{{ [o.password] }}", "{{ o[a] }}",
]  # fmt: skip
BOMBS = [
    "{% for i in (1..999999999) %}x{% endfor %}",
    "{% for i in (1..1000) %}{% for j in (1..1000) %}{% endfor %}{% endfor %}",
    "{% for i in (1..1999) %}{% endfor %}" * 400,
    "{% assign s = 'xxxxxxxxxx' %}" + "{% assign s = s | append: s %}" * 60 + "{{ s }}",
    "{% assign s = 'x' %}{% for i in (1..1900) %}{% assign s = s | append: s %}{% endfor %}",
    "{{ 'x' }}" * 2000 + "{% for i in (1..1900) %}" + "x" * 500 + "{% endfor %}",
    "{% if a %}" * 500 + "{% endif %}" * 500,
    "{{ (1..999999999) | size }}",
    "{% for i in (1..99999999999999) limit: 3 %}{{ i }}{% endfor %}",
    "{{ a" + ".b" * 4000 + " }}",
    "{% case a %}" + "{% when 'y' %}n" * 1500 + "{% endcase %}",
    "{{ " + "a | append: " * 900 + "a }}",
    "{% for i in (1..1000) %}{% if i == 1 %}{% continue %}{% endif %}{% endfor %}" * 30,
    "{{ 'x' | slice: 0, 99999999999 }}",
    "{% assign l2 = 'a,b' | split: ',' %}{% for i in (1..1999) %}{{ l2 | first }}{% endfor %}",
    "{% comment %}" * 300,
    "{{ '{{ o.password }}' }}",
    "{% unless false %}{% for i in (1..2001) %}.{% endfor %}{% endunless %}",
    "{% for i in l %}{% for j in l %}{% for k in (1..700) %}.{% endfor %}{% endfor %}{% endfor %}",
    "{% assign x = 1 %}" * 900,
]
PAYLOADS = [*REACH, *FILES, *ODD, *BOMBS]


def test_two_hundred_payloads_reach_nothing():
    assert len(PAYLOADS) >= 200
    for payload in PAYLOADS:
        text, seconds = min((rendered(payload) for _ in range(2)), key=lambda each: each[1])
        assert (
            "S3CRET" not in text and "root:" not in text and "<built-in" not in text and "bound method" not in text
        ), payload[:80]
        assert len(text) <= MOST_WORDS
        assert seconds < 0.1, payload[:80]  # 50 ms on a quiet machine


def rendered(payload):
    """What it writes, and the seconds of work that it took."""
    started = time.thread_time()
    try:
        text = environment().from_string(payload).render(**DATA)
    except LiquidError:
        text = ""
    return text, time.thread_time() - started


def test_without_the_limits_the_loops_run_away():
    """Canary: the stock environment runs what ours refuses."""
    from liquid import Environment

    assert len(Environment().from_string("{% for i in (1..3000) %}x{% endfor %}").render()) == 3000
    with pytest.raises(LiquidError):
        environment().from_string("{% for i in (1..3000) %}x{% endfor %}").render()
