"""The hosted page in a browser: no accessibility fault, nothing sideways at 320 px, and it works by keyboard alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from duecourse.connectors.gateways.port import Kind

from .peers import SandboxProcess, charge, utc_now

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_accessibility_fault_and_nothing_sideways(browser, sandbox: SandboxProcess, theme: str, width: int) -> None:
    paid = sandbox.gateway.charge(
        charge(key="key-0000000002", payee="Wilhelmina's Extraordinarily-Long-Kitchen-Supplies")
    )
    sandbox.choose(paid.redirect_url, "pay")
    open_ = sandbox.gateway.charge(charge(amount_minor=123456789012, currency="JPY"))
    for url in (open_.redirect_url, paid.redirect_url, f"{sandbox.url}/pay/nonsense"):
        # The page must work without scripts; axe itself needs them.
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True)
        page.goto(url)
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


def test_paying_by_keyboard_without_scripts(browser, sandbox: SandboxProcess) -> None:
    started = sandbox.gateway.charge(charge(return_url=f"{sandbox.url}/health"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(started.redirect_url)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Pay (test)"
    page.keyboard.press("Enter")
    page.wait_for_url("**/health")
    assert sandbox.gateway.ask(started.gateway_ref, now=utc_now())[0].kind is Kind.SUCCEEDED
    context.close()
