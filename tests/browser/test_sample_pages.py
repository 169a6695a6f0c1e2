"""Each portal page in each state: axe, widths, themes, targets of 44 pixels, and the policy without inline anything."""

from __future__ import annotations

import gzip
import re
import urllib.request

import pytest
from playwright.sync_api import Page

from tests.browser.looking import faults
from tests.browser.samples_portal import PORTAL


@pytest.mark.parametrize("name", PORTAL)
def test_page_is_sound(page: Page, samples: str, name: str) -> None:
    assert list(faults(page, f"{samples}/{name}", least=44)) == []


def test_a_small_target_is_seen(page: Page, samples: str) -> None:
    """The canary: the same look at a page with a fault finds it."""
    page.goto(f"{samples}/owed")
    page.route("**/css/letter.css", lambda route: route.fulfill(body=".leave { display: inline; font-size: 9px }"))
    found = "\n".join(faults(page, f"{samples}/owed", least=44))
    assert "small target" in found


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:
        return answer.read()


@pytest.mark.parametrize("name", ["link", "owed", "pay"])
def test_first_view_is_light(samples: str, name: str) -> None:
    html = _get(f"{samples}/{name}")
    assets = re.findall(rb'(?:href|src)="(/static/[^"]+)"', html)
    weight = len(gzip.compress(html)) + sum(len(gzip.compress(_get(samples + a.decode()))) for a in assets)
    assert weight < 60_000, weight
    assert b"<script" not in html


@pytest.mark.parametrize("name", ["link", "owed", "owed-many", "pay", "paid"])
def test_the_amount_is_the_largest_text(page: Page, samples: str, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{samples}/{name}")
    sizes = page.evaluate("""() => [...document.querySelectorAll('body *')].filter(e => [...e.childNodes]
        .some(n => n.nodeType === 3 && n.textContent.trim())).map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent.trim()])""")
    largest = max(sizes)
    assert largest[1].startswith(("£", "¥", "−")), largest
    if name != "pay":
        assert sum(size == largest[0] for size, _ in sizes) <= 2


def test_a_theme_that_was_chosen_rules(page: Page, samples: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{samples}/owed?theme=dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 23, 24)"
