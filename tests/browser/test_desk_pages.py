"""Every desk page over the example book: read by axe at each width and in each theme; and the pages of an empty book."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from duecourse.actions.pass_gate import Act, pass_gate
from duecourse.core.law.rulebook import Rulebook
from duecourse.records.models import Attempt, Contact, Customer, Hold, Message, Outbox, Receipt, Task
from duecourse.records.tenancy import scope
from duecourse.site.clock import now
from tests.browser.looking import faults
from tests.browser.site import serve, staff_cookie
from tests.conftest import Book

PAGES = {
    "worklist": "/desk/",
    "promises": "/desk/?show=promises",
    "waiting": "/desk/?show=waiting",
    "alone": "/desk/alone/?why=promised",
    "holds": "/desk/holds/",
    "find": "/desk/find/?q=bak",
    "find nothing": "/desk/find/?q=zzzz",
    "outbox uncertain": "/desk/outbox/?tab=uncertain",
    "outbox due": "/desk/outbox/?tab=due",
    "outbox sent": "/desk/outbox/?tab=sent",
    "outbox failed": "/desk/outbox/?tab=failed",
    "dashboard": "/desk/insight/",
    **{
        name: f"/desk/insight/report/{name}/"
        for name in ("portfolio", "cash", "causes", "team", "compliance", "fairness")
    },
    "costs": "/desk/insight/costs/",
    "books": "/desk/insight/books/",
    "strategies": "/desk/insight/strategies/",
    "improvements": "/desk/insight/improvements/",
    "rules": "/desk/rules/?years=30",
    "second look": "/desk/second-look/",
    "import": "/desk/import/",
    "you": "/desk/you/",
    "going live": "/desk/going-live/",
    "not there": "/desk/c/1/1/",
}
EMPTY = (
    "/desk/",
    "/desk/?show=waiting",
    "/desk/alone/",
    "/desk/holds/",
    "/desk/outbox/",
    "/desk/insight/",
    "/desk/import/",
    "/desk/find/",
)


@contextmanager
def signed_in(browser: Browser, runs: Path) -> Iterator[tuple[str, BrowserContext]]:
    """The site, and a browser in which Priya, who sees every creditor, is signed in."""
    with override_settings(RUNS_FOLDER=runs), serve() as url:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{**staff_cookie(), "url": url}])
        yield url, context
        context.close()


@pytest.fixture
def desk(example: Path, browser: Browser) -> Iterator[tuple[str, BrowserContext]]:
    """Over the example book."""
    with signed_in(browser, example) as found:
        yield found


@pytest.fixture
def empty_desk(book: Book, browser: Browser, tmp_path: Path) -> Iterator[tuple[str, BrowserContext]]:
    """Over a book in which there is nothing."""
    with signed_in(browser, tmp_path) as found:
        yield found


def doubtful() -> Outbox:
    """A sent message of the example, made doubtful: the line dropped after the hand-over."""
    with scope("all"):
        row = Outbox.objects.filter(state="sent").order_by("-id").first()
        assert row is not None
        of = {"shard": row.shard, "creditor_id": row.creditor_id, "customer_id": row.customer_id, "outbox_id": row.id}
        Receipt.objects.create(
            **of, kind="unknown", detail="the line dropped before the answer", said_by="worker 1", at=now()
        )
        Outbox.objects.filter(shard=row.shard, id=row.id).update(state="uncertain", changed_at=now())
        row.refresh_from_db()
    return row


@pytest.mark.timeout(600)
def test_every_page_over_the_example(desk: tuple[str, BrowserContext]) -> None:
    url, context = desk
    row = doubtful()
    with scope("all"):
        care = Customer.objects.get(name="Quayside Gym CIC")
        talked = Customer.objects.get(name="Bramley Landscaping")
        decided = Outbox.objects.filter(decision_id__isnull=False).first()
    with scope("all"):
        letter = Act(care.shard, care.creditor_id, care.id, "letter")
        ruled, _ = pass_gate(letter, lambda _: None, by="Priya", rules=Rulebook.load(as_of=now().date()), now=now())
    assert decided is not None
    more = {
        "customer in care": f"/desk/c/{care.shard}/{care.id}/",
        "customer with a promise": f"/desk/c/{talked.shard}/{talked.id}/?show=talk",
        "customer with a decision": f"/desk/c/{decided.shard}/{decided.customer_id}/",
        "message": f"/desk/outbox/{row.shard}/{row.id}/",
        "what they told us": f"/desk/c/{care.shard}/{care.id}/facts/?kind=preferences",
        "receipt": f"/desk/rulings/{ruled.shard}/{ruled.id}/",
    }
    found = []
    for name, path in (PAGES | more).items():
        page = context.new_page()
        found += [f"{name}: {fault}" for fault in faults(page, url + path, least=24)]
        page.close()
    assert found == []


@pytest.mark.timeout(300)
def test_every_page_of_an_empty_book(empty_desk: tuple[str, BrowserContext]) -> None:
    url, context = empty_desk
    found = []
    for path in EMPTY:
        page = context.new_page()
        found += [f"{path}: {fault}" for fault in faults(page, url + path, least=24)]
        page.close()
    assert found == []
    page = context.new_page()
    page.goto(f"{url}/desk/")
    expect(page.locator("h1")).to_contain_text("Nothing is owed to you here yet")
    expect(page.get_by_role("complementary", name="Sandbox")).to_be_visible()


def test_signing_in_is_needed_everywhere(book: Book, page: Page) -> None:
    with serve() as url:
        for path in PAGES.values():
            page.goto(url + path)
            assert "/account/login/" in page.url, path
        assert list(faults(page, f"{url}/account/login/", least=44)) == []


@pytest.mark.timeout(300)
def test_keys_alone(desk: tuple[str, BrowserContext]) -> None:
    """j, l, words, a promise, and on to the next customer; then undo. No mouse."""
    url, context = desk
    page = context.new_page()
    page.goto(f"{url}/desk/")
    rows = page.locator("[data-row]")
    expect(rows.nth(0)).to_have_class("row row--now")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_class("row row--now")
    expect(rows.nth(1).locator("[data-open]")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("j")
    name = rows.nth(1).locator("[data-open]").inner_text()
    page.keyboard.press("l")
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("#outcome")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Pays on Friday, jokes about j and k")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.locator("#amount")).to_be_focused()
    page.keyboard.type("150")
    page.keyboard.press("Tab")
    page.keyboard.type("next friday")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-toast]")).to_contain_text(f"Promise logged: {name}")
    with scope("all"):
        assert Contact.objects.filter(channel="phone", outcome="talked").exists()
    # A task done, and undone again.
    page.goto(f"{url}/desk/")
    open_before = page.locator("[data-row]").count()
    page.keyboard.press("d")
    expect(page.locator("[data-toast]")).to_contain_text("Done:")
    page.keyboard.press("z")
    expect(page.locator("[data-toast]")).to_contain_text("Open again")
    page.goto(f"{url}/desk/")
    expect(page.locator("[data-row]")).to_have_count(open_before)
    # The palette and the sheet.
    page.keyboard.press("?")
    expect(page.locator("#cheat")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("quays")
    expect(page.get_by_role("option", name="Quayside Gym CIC")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Quayside Gym CIC")
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page.locator("h1")).to_have_text("Holds")


def test_keys_can_be_switched_off(empty_desk: tuple[str, BrowserContext]) -> None:
    url, context = empty_desk
    page = context.new_page()
    page.goto(f"{url}/desk/you/")
    page.get_by_label("No single keys").check()
    page.get_by_role("button", name="Keep this").click()
    page.goto(f"{url}/desk/holds/")
    page.keyboard.press("?")
    expect(page.locator("#cheat")).not_to_be_visible()


@pytest.mark.timeout(300)
def test_a_hold_is_placed_undone_and_lifted(desk: tuple[str, BrowserContext]) -> None:
    url, context = desk
    with scope("all"):
        who = Customer.objects.get(name="Bramley Landscaping")
        before = Hold.objects.count()
    page = context.new_page()
    page.goto(f"{url}/desk/c/{who.shard}/{who.id}/")
    page.locator("#kind").select_option("pause")
    page.locator("#until").fill("some day")
    page.get_by_role("button", name="Place hold").click()
    expect(page.locator("#errors")).to_contain_text("Enter a day that is still to come")
    page.locator("#kind").select_option("pause")
    page.locator("#until").fill("in 2 weeks")
    page.locator("#reason").fill("Waits for his own customer")
    page.get_by_role("button", name="Place hold").click()
    expect(page.locator("[data-toast]")).to_contain_text("Hold placed on Bramley Landscaping until")
    expect(page.locator(".ribbon").filter(has_text="Waits for his own customer")).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator("[data-toast]")).to_contain_text("Hold lifted")
    with scope("all"):
        assert Hold.objects.count() == before + 1
        assert Hold.objects.filter(lifted_why="undone", lifted_by="Priya Nair").count() == 1


@pytest.mark.timeout(300)
def test_three_acts_on_a_doubt(desk: tuple[str, BrowserContext]) -> None:
    url, context = desk
    row = doubtful()
    page = context.new_page()
    page.goto(f"{url}/desk/outbox/?tab=uncertain")
    expect(page.locator("h1")).to_have_text("We do not know if these arrived")
    page.keyboard.press("j")
    page.keyboard.press("q")
    expect(page.locator("[data-toast]")).to_contain_text("Task opened")
    with scope("all"):
        assert Task.objects.filter(kind="ask_arrival", customer_id=row.customer_id).count() == 1
        assert Outbox.objects.get(shard=row.shard, id=row.id).state == "uncertain"
    page.get_by_role("button", name="Check, send again").click()
    with scope("all"):
        assert Outbox.objects.get(shard=row.shard, id=row.id).state == "due"
        assert (
            Receipt.objects.filter(shard=row.shard, outbox_id=row.id, kind="not_sent", said_by="Priya Nair").count()
            == 1
        )
        Outbox.objects.filter(shard=row.shard, id=row.id).update(state="uncertain")
    page.goto(f"{url}/desk/outbox/?tab=uncertain")
    page.get_by_role("button", name="It arrived").click()
    expect(page.locator("h1")).to_have_text("Nothing is in doubt")
    with scope("all"):
        assert Outbox.objects.get(shard=row.shard, id=row.id).state == "sent"
        assert Attempt.objects.filter(shard=row.shard, outbox_id=row.id).count() == 1  # nothing was sent from here


@pytest.mark.timeout(300)
def test_a_message_is_shown_where_it_can_do_nothing(desk: tuple[str, BrowserContext]) -> None:
    url, context = desk
    with scope("all"):
        message = Message.objects.order_by("-id").first()
        assert message is not None
    page = context.new_page()
    page.goto(f"{url}/desk/outbox/{message.shard}/{message.outbox_id}/")
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    answer = context.request.get(f"{url}/desk/outbox/{message.shard}/{message.outbox_id}/html/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy


@pytest.mark.timeout(300)
def test_staff_of_one_creditor_see_nothing_of_another(desk: tuple[str, BrowserContext], browser: Browser) -> None:
    from django.contrib.auth import get_user_model

    from duecourse.records.models import Creditor, Membership

    url, _ = desk
    cookie = staff_cookie("sam@example.test", superuser=False)
    with scope("all"):
        own = Creditor.objects.get(name__startswith="Fernleigh")
        Membership.objects.create(
            user=get_user_model().objects.get(email="sam@example.test"), creditor=own, created_at=now()
        )
        other = Customer.objects.exclude(creditor_id=own.id).first()
        theirs = Outbox.objects.exclude(creditor_id=own.id).first()
    assert other is not None and theirs is not None
    context = browser.new_context()
    context.add_cookies([{**cookie, "url": url}])
    page = context.new_page()
    for path in (f"/desk/c/{other.shard}/{other.id}/", f"/desk/outbox/{theirs.shard}/{theirs.id}/", "/desk/c/1/1/"):
        answer = page.goto(url + path)
        assert answer and answer.status == 404, path
    page.goto(f"{url}/desk/find/?q={other.ref}")
    expect(page.locator("body")).not_to_contain_text(other.name)
    page.goto(f"{url}/desk/outbox/?tab=sent")
    expect(page.locator("main")).not_to_contain_text("Coolabah")
    context.close()
