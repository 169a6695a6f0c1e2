"""The hosted page in a browser: no accessibility fault, nothing sideways at 320 px, and it works by keyboard alone."""

from __future__ import annotations

import pytest
from axe_playwright_python import sync_playwright as axe

from duecourse.connectors.gateways.port import Kind

from .peers import SandboxProcess, charge, utc_now


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
