"""Every word that a customer reads can be translated: in a made-up language all of it comes back marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from unittest.mock import patch

import pytest
from django.utils import translation

from tests.browser.conftest import render
from tests.browser.samples_portal import PORTAL

DATA = re.compile(
    r"Fernleigh Kitchen Supplies( Ltd)?|fernleigh\.example|Ruth Calder|Maya|combi oven service and parts|Combi oven service and parts"
    r"|Business Debtline|FK[- ]?\d*|XX|P-3F9A|D-91c4|LS1|Leeds( LS2 7EW)?|14 Tannery Row"
    r"|Monday to Friday, 9 to 5|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|\bMay\b|August|September|October|November|December"
    r"|EUR|English|Español|Deutsch|Français|A-7F|GBP|JPY|Duecourse|some|yesterday"
)
"""Words that are the creditor's, the customer's or the calendar's own."""
BUILT_BEFORE = {
    "why",
    "invoices",
    "help-error",
    "link-error",
    "pay-error",
    "thanks",
    "wrong-error",
    "owed-looking",
    "plan-error",
    "offers-error",
}
"""Samples whose page is written out in the sample itself; the journeys read the real ones."""


@contextmanager
def marked() -> Iterator[None]:
    """Every translated text comes back as [text]."""
    real = translation._trans
    with (
        patch.object(real, "gettext", lambda message: f"[{message}]"),
        patch.object(real, "ngettext", lambda one, many, n: f"[{one if n == 1 else many}]"),
    ):
        yield


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside, self.text = False, ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.inside = self.inside or tag == "body"
        self.text += "\n" if tag in {"p", "h1", "h2", "li", "dt", "dd", "label", "button", "section", "div"} else ""

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""


@pytest.mark.parametrize("name", sorted(set(PORTAL) - BUILT_BEFORE))
def test_no_word_escapes(name: str) -> None:
    with marked():
        parser = _Visible()
        parser.feed(_again(name))
    # What is inside the marks is translated; so are words that a mark was opened for in another element.
    text, depth = "", 0
    for char in parser.text:
        depth += (char == "[") - (char == "]")
        text += char if depth == 0 and char != "]" else ""
    left = re.findall(r"[^\W\d_]{2,}", DATA.sub(" ", text))
    assert left == [], (name, left)


def _again(name: str) -> str:
    """The page, with the texts of its module made anew while the marks are on."""
    import importlib

    from tests.browser import samples, samples_portal

    importlib.reload(samples_portal)
    with patch.object(samples, "SAMPLES", samples_portal.PORTAL):
        return render(name)


def test_a_word_that_escapes_is_seen() -> None:
    """The canary: without the marks every word counts as escaped."""
    parser = _Visible()
    parser.feed(render("owed"))
    assert len(re.findall(r"[^\W\d_]{2,}", DATA.sub(" ", parser.text))) > 50
