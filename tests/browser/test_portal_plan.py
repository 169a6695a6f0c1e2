"""From the link to an agreed plan: one question a page, no script, no call, an answer at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from duecourse.records.models import Customer
from duecourse.records.tenancy import scope
from tests.actions.paying import owes, rows
from tests.browser.looking import faults
from tests.browser.site import serve
from tests.browser.test_portal_journey import link_of
from tests.conftest import Book

DUE = date(2026, 11, 6)


@pytest.fixture
def bare_page(browser: Browser) -> Iterator[Page]:
    """A small telephone with scripts switched off."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


@pytest.fixture
def site(book: Book) -> Iterator[str]:
    with serve() as url:
        yield url


def person(who) -> str:  # type: ignore[no-untyped-def]
    link = link_of(who)
    with scope("all"):
        Customer.objects.filter(shard=who.shard, id=who.customer_id).update(kind="person")
    return link


def to_the_choices(page: Page, address: str, *, manage: str = "about 250") -> int:
    """Up to the menu; returns the questions that were asked."""
    page.goto(address)
    page.get_by_role("link", name="Spread it over time").click()
    page.get_by_label("Your postcode").fill("ls2 7ew")
    page.get_by_role("button", name="Next").click()
    page.locator("#manage").fill(manage)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Each month").check()
    page.get_by_role("button", name="Show me the choices").click()
    return 3


def test_a_plan_is_agreed_in_five_questions_and_the_answer_comes_at_once(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    asked = to_the_choices(bare_page, site + person(who))
    assert 2 <= bare_page.locator("label.offer").count() <= 4
    bare_page.locator("label.offer", has_text="monthly").first.click()
    bare_page.get_by_role("button", name="See the agreement").click()
    bare_page.get_by_role("button", name="Yes, I agree").click()
    asked += 2
    expect(bare_page.locator("h1")).to_have_text("Thank you, Maya. It is agreed.")
    assert asked <= 5
    assert rows("SELECT side, channel FROM agreement ORDER BY side") == [("creditor", "portal"), ("customer", "portal")]
    assert rows("SELECT kind, placed_by FROM hold") == [("plan", "the agreement")]
    ((total,),) = rows("SELECT sum(amount_minor) FROM instalment")
    assert total == 128460


def test_the_agreement_and_its_dates_can_be_kept(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    to_the_choices(bare_page, site + person(who))
    bare_page.locator("label.offer", has_text="monthly").first.click()
    bare_page.get_by_role("button", name="See the agreement").click()
    bare_page.get_by_role("button", name="Yes, I agree").click()
    with bare_page.expect_download() as paper:
        bare_page.get_by_role("link", name="Save the agreement").click()
    content = paper.value.path().read_bytes()
    assert content.startswith(b"%PDF") and len(content) < 100_000
    with bare_page.expect_download() as dates:
        bare_page.get_by_role("link", name="Add the dates to my calendar").click()
    said = dates.value.path().read_text()
    ((count,),) = rows("SELECT count(*) FROM instalment")
    assert said.count("BEGIN:VEVENT") == count and "Fernleigh" not in said and "SUMMARY:Payment" in said


def test_a_plan_is_changed_and_then_ended(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    link = person(who)
    to_the_choices(bare_page, site + link)
    bare_page.locator("label.offer", has_text="monthly").first.click()
    bare_page.get_by_role("button", name="See the agreement").click()
    bare_page.get_by_role("button", name="Yes, I agree").click()
    bare_page.get_by_role("link", name="Change my plan").click()
    bare_page.locator("#manage").fill("")
    bare_page.get_by_role("button", name="Next").click()
    bare_page.get_by_label("Every two weeks").check()
    bare_page.get_by_role("button", name="Show me the choices").click()
    bare_page.locator("label.offer", has_text="every two weeks").first.click()
    bare_page.get_by_role("button", name="See the agreement").click()
    expect(bare_page.locator("main")).to_contain_text("takes the place of the plan that you have")
    bare_page.get_by_role("button", name="Yes, I agree").click()
    expect(bare_page.locator("h1")).to_contain_text("It is agreed")
    assert rows("SELECT version FROM arrangement ORDER BY id") == [(1,), (2,)]
    assert rows("SELECT outcome FROM arrangement_end") == [("replaced",)]
    bare_page.get_by_role("link", name="End my plan").click()
    bare_page.get_by_role("button", name="End the plan").click()
    expect(bare_page.locator("main")).to_contain_text("Nothing is due for two weeks")
    assert rows("SELECT outcome FROM arrangement_end ORDER BY id") == [("replaced",), ("stopped",)]
    assert rows("SELECT count(*) FROM hold WHERE until_at IS NULL") == [(0,)]


def test_a_firm_names_the_days_on_which_money_comes(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    bare_page.goto(f"{site}{link_of(who)}plan/")
    bare_page.get_by_label("Your postcode").fill("LS27EW")
    bare_page.get_by_role("button", name="Next").click()
    bare_page.locator("#in1").fill("£700")
    bare_page.get_by_role("button", name="Next").click()
    expect(bare_page.locator("#errors")).to_contain_text("a day that is still to come")
    assert bare_page.title().startswith("Error:")
    expect(bare_page.locator("#in1")).to_have_value("£700")
    bare_page.locator("#on1").fill("in 2 weeks")
    bare_page.locator("#in2").fill("six hundred")
    bare_page.locator("#on2").fill("in 5 weeks")
    bare_page.get_by_role("button", name="Next").click()
    expect(bare_page.locator("main")).to_contain_text("2 payments on your days")


def test_nothing_chosen_is_said_and_somebody_elses_menu_opens_nothing(site: str, bare_page: Page) -> None:
    who, other = owes((128460, DUE)), owes((5000, DUE))
    to_the_choices(bare_page, site + person(who))
    bare_page.get_by_role("button", name="See the agreement").click()
    expect(bare_page.locator("#errors")).to_contain_text("Choose the one that fits best")
    ((offer,),) = rows("SELECT id FROM offer")
    theirs = site + link_of(other)
    bare_page.goto(theirs)
    bare_page.locator("#known").fill("LS2 7EW")
    bare_page.get_by_role("button", name="Show me the details").click()
    bare_page.goto(f"{theirs}plan/{offer}/1/")
    expect(bare_page.locator("body")).not_to_contain_text("£1,284.60")


def test_plan_pages_are_sound(site: str, page: Page) -> None:
    who = owes((128460, DUE))
    link = site + person(who)
    assert list(faults(page, f"{link}plan/", least=44)) == []
    page.get_by_label("Your postcode").fill("ls2 7ew")
    page.get_by_role("button", name="Next").click()
    assert list(faults(page, f"{link}plan/", least=44)) == []
