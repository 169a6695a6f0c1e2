"""The inbox over a small book: read by axe, dealt with by keys, sealed words for trained people alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from duecourse.actions.receive_mail import receive_mail
from duecourse.records.models import Inbound, Promise, Task
from duecourse.records.tenancy import scope
from duecourse.site.clock import now
from tests import making
from tests.actions.test_replies import mail
from tests.browser.looking import faults
from tests.browser.site import serve, staff_cookie

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.timeout(300)]


def write_in() -> None:
    """A promise, a question of an unknown writer, words of harm, a dispute with a file."""
    making.customer(email="ann@mail.example", name="Ann's Bakery Ltd", amounts=(128_460,))
    making.customer(email="ben@mail.example", name="Ben Okoro", kind="person")
    for sender, words in (
        ("ann@mail.example", "Hello, we will pay the full amount on Friday 18 December. Sorry for the wait."),
        ("who@mail.example", "Which invoice is this about?"),
        ("ben@mail.example", "I can't cope, I have been off sick with depression."),
    ):
        receive_mail(mail(words, sender=sender), said_by="test", now=now())


def test_a_promise_is_confirmed_by_one_key_and_the_pages_are_clean(browser: Browser) -> None:
    write_in()
    with serve() as url:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{**staff_cookie(), "url": url}])
        with scope("all"):
            rows = list(Inbound.objects.order_by("id"))
        paths = ["/desk/inbox/", "/desk/inbox/?show=all", *(f"/desk/inbox/{r.shard}/{r.id}/" for r in rows)]
        page = context.new_page()
        page.goto(url + "/desk/inbox/")
        expect(page.locator("article")).to_have_count(3)
        expect(page.locator("article").first).to_contain_text("Ben Okoro")
        found = [f"{path}: {fault}" for path in paths for fault in faults(context.new_page(), url + path, least=24)]
        assert found == []
        row = next(r for r in rows if "promise_to_pay" in r.labels)
        page.goto(f"{url}/desk/inbox/{row.shard}/{row.id}/")
        page.keyboard.press("y")
        expect(page.get_by_role("status")).to_contain_text("Promise taken")
        context.close()
    with scope("all"):
        promise = Promise.objects.get()
        assert (promise.amount_minor, promise.by_date.day, promise.taken_by) == (128_460, 18, "Priya Nair")
        assert not Task.objects.filter(kind="promise_draft", closed_at=None).exists()
