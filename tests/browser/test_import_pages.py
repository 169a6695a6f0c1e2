"""A file from upload to the book, in the browser: asked once, refused rows back, the same again changes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, expect

from duecourse.records.models import Creditor, Customer, Debt
from duecourse.records.tenancy import scope
from tests.browser.looking import faults
from tests.browser.site import serve, staff_cookie
from tests.conftest import Book

HEADER = "InvoiceNumber,ContactName,EmailAddress,InvoiceDate,DueDate,AmountDue,Currency,Mobile\n"
ROWS = (
    'FK-9001,Okafor Catering Ltd,maya@okafor.example,01/10/2026,06/11/2026,"1,284.60",GBP,07700 900142\n'
    "FK-9002,Okafor Catering Ltd,maya@okafor.example,02/10/2026,04/12/2026,318.40,GBP,07700 900142\n"
    "FK-9003,Odd Row Ltd,odd@row.example,02/10/2026,04/12/2026,twelve,GBP,\n"
)


@pytest.fixture
def desk(book: Book, browser: Browser, tmp_path: Path) -> Iterator[tuple[str, BrowserContext]]:
    with override_settings(DATA_FOLDER=tmp_path), serve() as url:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        context.add_cookies([{**staff_cookie(), "url": url}])
        yield url, context
        context.close()


def test_from_a_file_to_the_book(desk: tuple[str, BrowserContext], tmp_path: Path) -> None:
    url, context = desk
    file = tmp_path / "xero-receivables-nov.csv"
    file.write_text(HEADER + ROWS)
    page = context.new_page()
    page.goto(f"{url}/desk/")
    page.get_by_role("link", name="Bring a file").click()
    page.locator("#new_name").fill("Fernleigh Kitchen Supplies")
    page.locator("#new_currency").fill("gbp")
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("h1")).to_have_text("We have a question")
    with scope("all"):
        assert Debt.objects.count() == 0
    page.get_by_role("button", name="The day:").click()
    expect(page.locator("h1")).to_have_text("Check what we understood")
    expect(page.locator(".cause")).to_contain_text("twelve")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the refused rows").click()
    back = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text())))
    assert [row["found"] for row in back] == ["twelve"]
    page.get_by_role("link", name="Preview").click()
    expect(page.locator("main")).to_contain_text("£1,603.00")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("link", name="To the worklist")).to_be_visible(timeout=20_000)
    with scope("all"):
        assert sorted(Debt.objects.values_list("ref", "open_minor")) == [("FK-9001", 128460), ("FK-9002", 31840)]
        assert Creditor.objects.get().currency == "GBP"
        assert Customer.objects.filter(name="Odd Row Ltd").count() == 0
    # The same again: nothing is asked, and nothing changes.
    page.goto(f"{url}/desk/import/")
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("h1")).to_have_text("Check what we understood")
    page.get_by_role("link", name="Preview").click()
    expect(page.locator("h1")).to_have_text("This file changes nothing")


@pytest.mark.timeout(300)
def test_each_step_is_sound(desk: tuple[str, BrowserContext], tmp_path: Path) -> None:
    url, context = desk
    file = tmp_path / "a.csv"
    file.write_text(HEADER + ROWS)
    page = context.new_page()
    page.goto(f"{url}/desk/import/")
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#errors")).to_contain_text("Choose a file")
    page.locator("#new_name").fill("Fernleigh")
    page.locator("#new_currency").fill("GBP")
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="Look at it").click()
    page.wait_for_url("**/import/*/")
    here = page.url
    found = [*faults(page, here, least=24)]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="The day:").click()
    page.wait_for_load_state()
    found += [*faults(page, here, least=24), *faults(page, f"{here}preview/", least=24)]
    assert found == []


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "The file is empty"), (b"\x00\x01\x02\x03" * 50, ""), (b"PK\x03\x04 not a workbook", "")],
    ids=["empty", "binary", "broken workbook"],
)
def test_a_file_that_cannot_be_taken_says_why(desk: tuple[str, BrowserContext], content: bytes, said: str) -> None:
    url, context = desk
    page = context.new_page()
    page.goto(f"{url}/desk/import/")
    page.locator("#new_name").fill("Fernleigh")
    page.locator("#new_currency").fill("GBP")
    page.set_input_files("#file", {"name": "x.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#errors")).to_contain_text(said)
    assert len(page.locator("#errors").inner_text()) > 40  # what is wrong, and the mend
    with scope("all"):
        assert Debt.objects.count() == 0


def test_an_upload_is_refused_by_its_size_alone(desk: tuple[str, BrowserContext]) -> None:
    """The announced length is enough: two gigabytes never reach the disk."""
    url, context = desk
    page = context.new_page()
    page.goto(f"{url}/desk/import/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in context.cookies())
    import http.client

    connection = http.client.HTTPConnection(url.removeprefix("http://"))
    connection.putrequest("POST", "/desk/import/")
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", str(2 * 1024**3))
    connection.putheader("Cookie", cookies)
    connection.putheader("X-CSRFToken", token)
    connection.putheader("Origin", url)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status in (400, 413)
    assert b"25 MB" in answer.read()
    connection.close()
