"""From the link in a message to a recovered payment, and the other ways out: no script, no account, 320 pixels wide."""

from __future__ import annotations

import os
import signal
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from duecourse.actions.pay_link import token
from duecourse.records.ledger.post import Posting, PostLeg, post
from duecourse.records.models import ContactPoint, Creditor, Customer, Outbox, PayLink
from duecourse.records.tenancy import scope
from tests.actions.paying import open_of, owes, rows
from tests.browser.looking import faults
from tests.browser.site import policy_with, serve
from tests.conftest import Book
from tests.connectors.gateways.peers import SandboxProcess, free_port

DUE = date(2026, 11, 6)


def link_of(who) -> str:  # type: ignore[no-untyped-def]
    """The address in the message, with the message in the outbox that it came from."""
    now = datetime.now(UTC)
    with scope("all"):
        Creditor.objects.filter(id=who.creditor_id).update(signed_by="Ruth Calder", phone="0113 496 0118")
        Customer.objects.filter(shard=who.shard, id=who.customer_id).update(
            salutation="Maya", address="14 Tannery Row\nLeeds LS2 7EW"
        )
        point = ContactPoint.objects.filter(shard=who.shard, customer_id=who.customer_id).first()
        sent = Outbox.objects.create(
            shard=who.shard, creditor_id=who.creditor_id, customer_id=who.customer_id, key="reminder:1", channel="email",
            contact_point_id=point.id if point else None, template="reminder", step="day14", state="sent", due_at=now,
            created_at=now, changed_at=now,
        )  # fmt: skip
        link = PayLink.objects.create(
            shard=who.shard, creditor_id=who.creditor_id, customer_id=who.customer_id, outbox_id=sent.id, created_at=now,
            expires_at=now + timedelta(days=90),
        )  # fmt: skip
    return f"/p/{token(who.creditor_id, who.shard, link.id)}/"


@pytest.fixture
def bare_page(browser: Browser) -> Iterator[Page]:
    """A small telephone with scripts switched off."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


@pytest.fixture
def site(book: Book, tmp_path: Path) -> Iterator[str]:
    """The whole site, with the sandbox gateway as its own process, wired both ways."""
    home = tmp_path / "sandbox"
    home.mkdir()
    port = free_port()
    with serve(CONTENT_SECURITY_POLICY=policy_with(f"http://127.0.0.1:{port}")) as url:
        peer = SandboxProcess(home, port, f"{url}/hooks/sandbox/")
        peer.start()
        os.environ["DUECOURSE_SANDBOX_URL"] = peer.url
        one = {"kind": "sandbox", "url": peer.url, "secret_file": str(home / "secret")}
        with override_settings(GATEWAYS={"sandbox": one}):
            yield url
        del os.environ["DUECOURSE_SANDBOX_URL"]
        peer.kill(signal.SIGTERM)


def test_link_to_paid_in_three_screens(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    screens, taps = [], 0
    link = link_of(who)
    bare_page.goto(site + link)
    screens.append(bare_page.title())
    expect(bare_page.locator("main")).to_contain_text("£1,284.60")
    expect(bare_page.locator("body")).not_to_contain_text("FK-")  # nothing about the debt before the second fact
    bare_page.get_by_role("button", name="Pay now").click()
    taps += 1
    screens.append(bare_page.title())
    bare_page.get_by_role("button").first.click()
    taps += 1
    bare_page.wait_for_url("**/paid/")
    screens.append(bare_page.title())
    expect(bare_page.locator("h1")).to_contain_text("It is paid")
    assert len(screens) <= 3 and taps <= 6, (screens, taps)
    assert open_of(who) == [0]
    bare_page.goto(site + link)
    expect(bare_page.locator("h1")).to_contain_text("Nothing is open")


def test_a_part_in_words_is_taken(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    link = link_of(who)
    bare_page.goto(f"{site}{link}pay/")
    bare_page.get_by_label("A part of it").check()
    bare_page.get_by_label("How much would you like to pay?").fill("two thousand pounds")
    bare_page.get_by_role("button", name="Go on to pay").click()
    expect(bare_page.locator("#errors")).to_contain_text("Enter no more than £1,284.60")
    assert bare_page.title().startswith("Error:")
    expect(bare_page.locator("#amount")).to_have_value("two thousand pounds")  # the answer is kept
    bare_page.locator("#amount").fill("about a hundred")
    bare_page.get_by_role("button", name="Go on to pay").click()
    bare_page.get_by_role("button").first.click()
    bare_page.wait_for_url("**/paid/")
    expect(bare_page.locator("main")).to_contain_text("£1,184.60 is still open")
    assert open_of(who) == [118460]


def test_the_second_fact_opens_the_letter(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    link = link_of(who)
    bare_page.goto(site + link)
    bare_page.locator("#known").fill("LS1 1AA")
    bare_page.get_by_role("button", name="Show me the details").click()
    expect(bare_page.locator("#errors")).to_contain_text("That is not what we have")
    bare_page.locator("#known").fill(" ls2 7ew ")
    bare_page.get_by_role("button", name="Show me the details").click()
    expect(bare_page.locator("main")).to_contain_text("Dear Maya")
    expect(bare_page.locator("main")).to_contain_text("FK-")
    bare_page.get_by_role("link", name="See the invoice and what has been paid").click()
    expect(bare_page.locator("main")).to_contain_text("Still open")
    bare_page.goto(f"{site}{link}why/")
    expect(bare_page.locator("main")).to_contain_text("About two weeks had passed")


def test_too_many_tries_are_refused_and_the_link_still_pays(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    link = link_of(who)
    bare_page.goto(site + link)
    for n in range(11):
        bare_page.locator("#known").fill(f"FK-0{n}")
        bare_page.get_by_role("button", name="Show me the details").click()
    expect(bare_page.locator("#errors")).to_contain_text("wait an hour")
    expect(bare_page.get_by_role("button", name="Pay now")).to_be_visible()


@pytest.mark.parametrize("page_name", ["invoices/", "why/", "owed/"])
def test_details_stay_shut_without_the_second_fact(site: str, bare_page: Page, page_name: str) -> None:
    who = owes((128460, DUE))
    bare_page.goto(f"{site}{link_of(who)}{page_name}")
    expect(bare_page.locator("h1")).to_contain_text("An amount to settle")
    expect(bare_page.locator("body")).not_to_contain_text("Maya")


def test_help_pauses_and_gives_a_person_a_task(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    bare_page.goto(f"{site}{link_of(who)}help/")
    bare_page.get_by_role("button", name="Send it").click()
    expect(bare_page.locator("#errors")).to_contain_text("Choose the one that fits best")
    bare_page.get_by_label("I need more time").check()
    bare_page.locator("#day").fill("in two weeks")
    bare_page.locator("#words").fill("A customer of ours pays then.")
    bare_page.get_by_role("button", name="Send it").click()
    expect(bare_page.locator("h1")).to_contain_text("Thank you for telling us")
    ((kind, until, by),) = rows("SELECT kind, until_at::date - current_date, placed_by FROM hold")
    assert (kind, by) == ("pause", "the customer") and 14 <= until <= 15
    assert rows("SELECT kind, detail LIKE 'A customer of ours%%' FROM task") == [("asks_time", True)]
    assert rows("SELECT direction, channel FROM contact") == [("in", "portal")]


def test_hardship_is_on_hold_until_a_person_has_looked(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    bare_page.goto(f"{site}{link_of(who)}help/")
    bare_page.get_by_label("Things are hard just now").check()
    bare_page.get_by_role("button", name="Send it").click()
    expect(bare_page.locator("main")).to_contain_text("until a person has looked")
    assert rows("SELECT kind, until_at, review_date IS NOT NULL FROM hold") == [("hardship", None, True)]


def test_something_wrong_is_a_dispute(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    bare_page.goto(f"{site}{link_of(who)}wrong/")
    bare_page.get_by_label("The amount is not right").check()
    bare_page.locator("#words").fill("We agreed on 1,000.")
    bare_page.get_by_role("button", name="Send it").click()
    assert rows("SELECT kind FROM hold") == [("dispute",)]
    assert rows("SELECT kind FROM task") == [("dispute",)]


def test_not_me_shuts_the_link_and_the_address(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    link = link_of(who)
    bare_page.goto(site + link)
    bare_page.get_by_role("link", name="This is not for me").click()
    bare_page.get_by_role("button", name="It is not for me").click()
    expect(bare_page.locator("main")).to_contain_text("We have stopped writing to this address")
    assert rows("SELECT ended_why FROM contact_point") == [("wrong_person",)]
    answer = bare_page.goto(site + link)
    assert answer and answer.status == 410
    expect(bare_page.locator("body")).not_to_contain_text("£")


def test_stop_by_hand_and_by_a_mail_program(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    link = link_of(who)
    bare_page.goto(f"{site}{link}stop/")
    assert rows("SELECT count(*) FROM consent") == [(0,)]  # looking stops nothing: mail scanners look
    # RFC 8058: a POST without a cookie or a page of ours.
    request = urllib.request.Request(f"{site}{link}stop/", data=b"List-Unsubscribe=One-Click", method="POST")
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
    bare_page.get_by_role("button", name="Stop these emails").click()
    assert rows("SELECT channel, address, given FROM consent") == [("email", "maya@example.test", False)]


def test_a_link_that_has_run_out_asks_for_a_new_one(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    link = link_of(who)
    with scope("all"):
        rows("UPDATE pay_link SET revoked_at = NULL RETURNING 1")
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE pay_link SET expires_at = now() - interval '1 day'")
    answer = bare_page.goto(site + link)
    assert answer and answer.status == 410
    expect(bare_page.locator("h1")).to_contain_text("This link has run out")
    bare_page.get_by_role("button", name="Ask for a new link").click()
    expect(bare_page.locator("main")).to_contain_text("address we hold")
    assert rows("SELECT kind FROM task") == [("new_link",)]


def test_a_broken_link_says_nothing(site: str, bare_page: Page) -> None:
    answer = bare_page.goto(f"{site}/p/1-2-3.forged/")
    assert answer and answer.status == 404
    expect(bare_page.locator("h1")).to_contain_text("This page is not here")


def test_is_this_really_you(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    ((ref,),) = rows("SELECT ref FROM debt WHERE customer_id = %s", who.customer_id)
    bare_page.goto(f"{site}/p/check/")
    bare_page.get_by_label("Invoice number").fill(f" {ref.lower().replace('-', ' ')} ")
    bare_page.get_by_role("button", name="Check it").click()
    expect(bare_page.locator("main")).to_contain_text("Fernleigh Kitchen Supplies")
    expect(bare_page.locator("body")).not_to_contain_text("£")
    bare_page.get_by_label("Invoice number").fill("ZZ-999")
    bare_page.get_by_role("button", name="Check it").click()
    expect(bare_page.locator("main")).to_contain_text("We do not know that number")


def test_pages_are_kept_in_no_cache_and_name_no_referrer(site: str) -> None:
    who = owes((128460, DUE))
    with urllib.request.urlopen(site + link_of(who)) as answer:
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]


def test_the_theme_is_a_form(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    bare_page.goto(site + link_of(who))
    bare_page.get_by_role("button", name="Dark").click()
    expect(bare_page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(bare_page.locator("h1")).to_contain_text("An amount to settle")


def test_by_keyboard_alone_at_four_times_the_size(site: str, browser: Browser) -> None:
    """320 pixels are 1280 at 400 %. Every stop of the tab key can be seen, and one of them pays."""
    who = owes((128460, DUE))
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.goto(site + link_of(who))
    names = []
    for _ in range(8):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "(() => { const e = document.activeElement, b = e.getBoundingClientRect();"
            " return [e.textContent.trim(), getComputedStyle(e).outlineStyle, b.top >= 0 && b.top < innerHeight] })()"
        )
        names.append(at[0])
        assert at[1] != "none" and at[2], at
        if at[0] == "Pay now":
            break
    assert names[:2] == ["Skip to the letter", "Leave this page"]
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/p/" not in url)  # the gateway's own page
    context.close()


def test_live_pages_are_sound(site: str, page: Page) -> None:
    who = owes((128460, DUE), (31840, DUE))
    link = link_of(who)
    assert list(faults(page, site + link, least=44)) == []
    page.locator("#known").fill("LS2 7EW")
    page.get_by_role("button", name="Show me the details").click()
    assert list(faults(page, f"{site}{link}owed/", least=44)) == []


def test_a_language_without_a_catalogue_is_not_claimed(site: str) -> None:
    who = owes((128460, DUE))
    request = urllib.request.Request(site + link_of(who), headers={"Accept-Language": "de-DE,de"})
    with urllib.request.urlopen(request) as answer:
        assert b'<html lang="en" dir="ltr">' in answer.read()


def test_money_that_is_not_matched_yet_is_not_asked_for_again(site: str, bare_page: Page) -> None:
    who = owes((128460, DUE))
    with scope("all"):
        post(
            [
                Posting(
                    who.shard, who.creditor_id, who.customer_id, "payment", DUE, datetime.now(UTC), "GBP", "loose",
                    (PostLeg("cash", 128460), PostLeg("unmatched", -128460)),
                )
            ]
        )  # fmt: skip
    bare_page.goto(site + link_of(who))
    expect(bare_page.locator("h1")).to_have_text("Your money has come. Thank you.")
    expect(bare_page.get_by_role("button", name="Pay")).to_have_count(0)
