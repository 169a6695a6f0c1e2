"""Each portal page at 320 pixels in German, French and Spanish, with words half as long again, and from right to left:
nothing scrolls sideways and no text is cut."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.template.loader import render_to_string
from django.urls import set_urlconf
from django.utils import translation
from playwright.sync_api import Page

from tests.browser import samples_portal

RUNS = ("de", "fr", "es", "long", "rtl")
_CUT = """() => [...document.querySelectorAll('h1,h2,p,a,b,button,label,li,span,dt,dd,strong,data,legend')].filter(e => {
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  if (!box.width || e.closest('.vh, .skip, svg')) return false;
  return box.right > innerWidth + 1 || box.left < -1 ||
    (style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1);
}).map(e => e.outerHTML.slice(0, 120))"""


@contextmanager
def _spoken(run: str) -> Iterator[None]:
    """The texts of a run: a catalogue, or every text with half as many letters again."""
    if run not in {"long", "rtl"}:
        with translation.override(run):
            yield
        return
    real = translation._trans
    with (
        translation.override("en"),
        patch.object(real, "gettext", lambda text: _longer(text)),
        patch.object(real, "ngettext", lambda one, many, n: _longer(one if n == 1 else many)),
    ):
        yield


def _longer(text: str) -> str:
    """Half as long again in words of eight letters.

    >>> _longer("Pay now")
    'Pay now łörëmïps'
    """
    return text + " łörëmïps" * max(1, len(text) // 18)


def _html(name: str, run: str) -> str:
    set_urlconf("tests.browser.sample_urls")
    with _spoken(run):
        importlib.reload(samples_portal)
        template, context = samples_portal.PORTAL[name]
        html = render_to_string(template, context)
    return html.replace('dir="ltr"', 'dir="rtl"') if run == "rtl" else html


def _looked_at(page: Page, samples: str, name: str, run: str) -> list[str]:
    page.set_viewport_size({"width": 320, "height": 900})
    page.route(f"**/{name}-{run}", lambda r: r.fulfill(body=_html(name, run), content_type="text/html; charset=utf-8"))
    page.goto(f"{samples}/{name}-{run}")
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{name} {run}: scrolls to {wide}"] * (wide > 320) + [f"{name} {run}: {c}" for c in page.evaluate(_CUT)]


@pytest.mark.parametrize("run", RUNS)
def test_nothing_is_cut(page: Page, samples: str, run: str) -> None:
    assert [fault for name in samples_portal.PORTAL for fault in _looked_at(page, samples, name, run)] == []


def test_what_is_cut_is_seen(page: Page, samples: str) -> None:
    """The canary: a heading that may not break is found."""
    page.route("**/css/letter.css", lambda r: r.fulfill(body="h1 { white-space: nowrap }", content_type="text/css"))
    assert _looked_at(page, samples, "owed", "long")
