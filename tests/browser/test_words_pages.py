"""The words of messages in the desk: read by axe; faults as one types; kept, and published by another person."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from duecourse.records.models import Creditor
from duecourse.records.tenancy import scope
from tests.browser.looking import faults
from tests.browser.site import staff_cookie
from tests.browser.test_desk_pages import signed_in


@pytest.mark.timeout(300)
def test_words_are_written_checked_kept_and_published(example: Path, browser: Browser) -> None:
    with signed_in(browser, example) as (url, context):
        with scope("all"):
            creditor = Creditor.objects.order_by("name").first()
        assert creditor is not None
        page = context.new_page()
        address = f"{url}/desk/words/{creditor.id}/en/reminder_day14/"
        found = [*faults(page, f"{url}/desk/words/", least=24), *faults(page, address, least=24)]
        assert found == []
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        source = page.get_by_label("Sections and words")
        good = source.input_value()
        expect(page.locator("#wrong")).to_contain_text("Nothing is wrong with it")
        source.fill(good.replace("please tell us.", "you failed to pay."))
        expect(page.locator("#wrong")).to_contain_text("What keeps it from being published")
        expect(page.locator("#wrong q").first).to_be_visible()
        source.fill(good.replace("please tell us.", "please say so."))
        expect(page.locator("#wrong")).to_contain_text("Nothing is wrong with it")
        page.get_by_role("button", name="Keep this version").click()
        expect(page.locator("#errors")).to_contain_text("Say what you changed")
        page.get_by_label("What you changed, and why").fill("Shorter.")
        page.get_by_role("button", name="Keep this version").click()
        expect(page.get_by_text("You wrote it. Another person publishes it.")).to_be_visible()
        assert page.get_by_role("button", name="Publish").count() == 0
        second = browser.new_context()
        second.add_cookies([{**staff_cookie("omar@example.test"), "url": url}])
        other = second.new_page()
        other.goto(address)
        other.get_by_role("button", name="Publish version 1").click()
        expect(other.get_by_text("is in force")).to_be_visible()
        second.close()
