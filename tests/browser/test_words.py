"""Words that a customer reads: short sentences, no shouting, no threats, help on every page that knows the sender."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.browser.conftest import render
from tests.browser.samples_portal import PORTAL

BANNED = re.compile(
    r"\b(urgent|immediately|final|demand|failure|failed to|legal action|court|debtor|penalt|must pay|overdue|delinquent|"
    r"owe us|your debt|consequence|warning|last chance|act now)\b",
    re.IGNORECASE,
)
MOST_WORDS, MEAN_WORDS = 25, 15


class _Text(HTMLParser):
    """The text of main, a line for each block."""

    BLOCKS = frozenset("p h1 h2 li dt dd label legend button span b small a div section caption th td summary".split())

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.text = False, ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.inside = self.inside or tag == "main"
        if tag in {"p", "h1", "h2", "li", "dt", "dd", "label", "legend", "section", "div", "small", "nav"}:
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.inside = False
        if tag in {"b", "span"}:
            self.text += " "

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text += data


def sentences(html: str) -> list[str]:
    parser = _Text()
    parser.feed(html)
    lines = [" ".join(line.split()) for line in parser.text.split("\n")]
    # A full stop inside a number or an address ends no sentence.
    return [s for line in lines for s in re.split(r"(?<=[a-z0-9)”])[.?](?=\s|$)", line) if len(s.split()) > 2]


@pytest.mark.parametrize("name", PORTAL)
def test_sentences_are_short_and_kind(name: str) -> None:
    html = render(name)
    found = sentences(html)
    lengths = [len(s.split()) for s in found]
    assert max(lengths) <= MOST_WORDS, max(found, key=lambda s: len(s.split()))
    assert sum(lengths) / len(lengths) <= MEAN_WORDS
    text = "\n".join(found)
    assert not BANNED.search(text), BANNED.search(text)
    assert "!" not in text


@pytest.mark.parametrize("name", [n for n, (_, context) in PORTAL.items() if context["sender"]])
def test_every_page_of_a_sender_names_free_help_and_a_way_out(name: str) -> None:
    html = render(name)
    assert "businessdebtline.org" in html
    assert "Leave this page" in html


def test_a_threat_is_seen() -> None:
    """The canary."""
    assert BANNED.search("Pay immediately or face legal action")
    assert len(sentences("<main><p>" + "word " * 30 + ".</p></main>")[0].split()) > MOST_WORDS
