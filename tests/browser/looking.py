"""What every page must be, whatever is on it: read by axe, no sideways scroll, no fault in the console, large targets."""

from __future__ import annotations

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (320, 768, 1280)
THEMES = ("light", "dark")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Only colours differ between the themes: in the second one the rest need not be read again.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
_axe = Axe()

_SMALL = """least => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || !box.height || e.closest('.vh, .skip, .mark, p, dd, small, label.offer, .toast, .kpi, figcaption, caption')) return false;
  return box.height < least - 0.5;
}).map(e => e.outerHTML.slice(0, 90) + ' ' + e.getBoundingClientRect().height)"""


def faults(page: Page, url: str, *, least: int) -> Iterator[str]:
    """Everything that is wrong with a page, at each width and in each theme. `least` is the height of a target in pixels."""
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    answer = page.goto(url)
    assert answer is not None
    for theme in THEMES:
        # Without motion: a colour half-way between two themes is nobody's colour.
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            where = f"{theme} {width}"
            for found in _axe.run(page, options=RULES if theme == THEMES[0] else COLOURS).response["violations"]:
                nodes = [n["html"][:140] + " " + n.get("failureSummary", "")[:160] for n in found["nodes"][:3]]
                yield f"{where}: {found['id']}: {nodes}"
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                yield f"{where}: scrolls sideways to {wide}"
            # axe holds every target to 24 pixels, with the exceptions of WCAG 2.2; the portal promises more.
            for small in page.evaluate(_SMALL, least) if least > 24 else ():
                yield f"{where}: small target {small}"
    # A page with a status of its own (404, 410, 422) is told in the console too; that is no fault of the page.
    yield from (s for s in said if not s.startswith("Failed to load resource"))
