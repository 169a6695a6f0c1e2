"""An offer built with the customer on the phone, a dispute opened, undone and answered, a second person asked: in a browser."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, expect

from duecourse.records.models import Arrangement, Dispute, Outbox, Promise
from duecourse.records.tenancy import scope
from tests.browser.looking import faults
from tests.browser.test_desk_pages import signed_in
from tests.conftest import Book
from tests.making import customer


@pytest.mark.timeout(300)
def test_an_offer_is_built_and_agreed_by_keyboard(book: Book, browser: Browser, tmp_path: Path) -> None:
    firm = customer(name="Bakehouse 12", late=(40, 9), amounts=(80_000, 48_460))
    person = customer(name="Ola Berg", kind="person", late=(12,), amounts=(90_000,))
    with signed_in(browser, tmp_path) as (url, context):
        page = context.new_page()
        home = f"{url}/desk/c/{person.shard}/{person.id}/"
        began = monotonic()
        page.goto(home)
        page.keyboard.press("o")
        expect(page.locator("h1")).to_have_text("Find a way that fits")
        for label, said in (("Wages", "1800"), ("Rent or mortgage, council tax", "950"), ("Food and household", "350")):
            page.get_by_label(label).fill(said)
        page.get_by_role("button", name="Show the ways").click()
        offers = page.locator(".offer")
        assert 2 <= offers.count() <= 4
        if shots := Path("/tmp/shots"):
            shots.mkdir(exist_ok=True)
            page.screenshot(path=shots / "offer.png", full_page=True)
        offers.first.locator("input").check()
        page.get_by_role("button", name="They said yes").click()
        expect(page.get_by_text("Agreed with Ola Berg")).to_be_visible()
        assert monotonic() - began < 60  # with the customer on the phone; a person types slower, but not twenty times
        page.screenshot(path="/tmp/shots/customer_plan.png", full_page=True)
        with scope("all"):
            made = Arrangement.objects.get()
            assert Outbox.objects.get(purpose="plan_agreed").customer_id == person.id
        assert list(faults(page, f"{home}offer/", least=24)) == []
        assert list(faults(page, home, least=24)) == []
        assert list(faults(page, f"{url}/desk/c/{firm.shard}/{firm.id}/offer/", least=24)) == []
        page.goto(f"{home}offer/")
        page.get_by_label("Wages").fill("soon")
        page.get_by_role("button", name="Show the ways").click()
        expect(page.get_by_role("alert")).to_contain_text("Enter an amount")
        expect(page.get_by_label("Wages")).to_have_value("soon")
        assert made.kind in ("plan", "extension")


@pytest.mark.timeout(300)
def test_a_dispute_is_opened_undone_and_answered_and_a_promise_takes_five_keystrokes(
    book: Book, browser: Browser, tmp_path: Path
) -> None:
    firm = customer(name="Bakehouse 12", late=(40,), amounts=(80_000,))
    with signed_in(browser, tmp_path) as (url, context):
        page = context.new_page()
        home = f"{url}/desk/c/{firm.shard}/{firm.id}/"
        page.goto(home)
        page.get_by_label("What is wrong").select_option("goods")
        page.get_by_label("In their words").fill("The oven door is dented")
        page.get_by_role("button", name="Open it, and pause").click()
        expect(page.get_by_text("Dispute opened for Bakehouse 12")).to_be_visible()
        page.keyboard.press("z")
        expect(page.get_by_text("Dispute taken back")).to_be_visible()
        with scope("all"):
            assert Dispute.objects.get().outcome == "withdrawn" and not Outbox.objects.exists()
        page.get_by_role("button", name="Open it, and pause").click()
        page.get_by_label("What they will read").fill("You are right. We send a new door.")
        page.get_by_label("Taken off, GBP").fill("90")
        page.get_by_role("button", name="Send the answer").click()
        expect(page.get_by_text("Answered. The customer hears it")).to_be_visible()
        with scope("all"):
            assert Outbox.objects.get(purpose="answer").context["credit_minor"] == 9_000
        # A promise: p, the sum, Tab, the day, Enter. The figures apart, five keys.
        page.keyboard.press("p")
        page.keyboard.type("710")
        page.keyboard.press("Tab")
        page.keyboard.type("friday")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Promise logged")).to_be_visible()
        with scope("all"):
            assert Promise.objects.get().amount_minor == 71_000
