"""The hosted page: it says that it is a sandbox, asks for nothing, works bare, and leads back."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from html.parser import HTMLParser

import pytest

from duecourse.connectors.gateways.sandbox.page import policy, shown

from .peers import SandboxProcess, charge

PAYMENT = {
    "payee": "Fernleigh <b>Kitchen</b> Supplies",
    "amount_minor": 128460,
    "currency": "GBP",
    "reference": "R-7F3K",
    "return_url": "https://pay.example/p/done?a=1&b=2",
    "state": "open",
}


def fetch(url: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


class Parts(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("state", ["open", "succeeded", "failed"])
def test_every_page_says_sandbox_and_holds_no_field_and_no_script(state: str) -> None:
    html = shown(PAYMENT | {"state": state})
    assert "<b>Sandbox.</b>" in html and "No money moves here." in html and "· Sandbox</title>" in html
    tags = {tag for tag, _ in Parts(html).tags}
    assert not tags & {"input", "select", "textarea", "script", "img", "iframe", "style"}
    assert all("style" not in attrs and not any(a.startswith("on") for a in attrs) for _, attrs in Parts(html).tags)
    assert "Fernleigh &lt;b&gt;Kitchen&lt;/b&gt; Supplies" in html


def test_the_open_page_shows_payee_amount_and_three_choices() -> None:
    parts = Parts(shown(PAYMENT))
    choices = [attrs["value"] for tag, attrs in parts.tags if tag == "button"]
    assert choices == ["pay", "decline", "leave"]
    assert [attrs["value"] for tag, attrs in parts.tags if tag == "data"] == ["GBP 1284.60"]
    assert "£1,284.60" in shown(PAYMENT)


@pytest.mark.parametrize(
    ("currency", "text", "value"), [("JPY", "¥128,460", "JPY 128460"), ("KWD", "128.460", "KWD 128.460")]
)
def test_amounts_have_their_currencys_decimals(currency: str, text: str, value: str) -> None:
    html = shown(PAYMENT | {"currency": currency})
    assert text in html and f'value="{value}"' in html


def test_sentences_are_short() -> None:
    for state in ("open", "succeeded", "failed"):
        words = re.sub(r"<[^>]+>", " ", shown(PAYMENT | {"state": state}).partition("<body>")[2])
        assert all(len(sentence.split()) <= 25 for sentence in re.split(r"[.!?](?=\s)", words))


def test_a_form_may_lead_to_the_creditor_only() -> None:
    assert "form-action 'self' https://pay.example;" in policy("https://pay.example/p/done?a=1")
    assert "form-action 'self';" in policy("")


def test_over_http(sandbox: SandboxProcess) -> None:
    started = sandbox.gateway.charge(charge())
    assert started.redirect_url
    status, headers, html = fetch(started.redirect_url)
    assert status == 200 and "Pay (test)" in html
    assert "script" not in headers["Content-Security-Policy"] and headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert fetch(sandbox.url + "/sandbox.css")[0] == 200
    assert sandbox.choose(started.redirect_url, "pay") == charge().return_url
    assert "This test payment is done" in fetch(started.redirect_url)[2]
    assert fetch(sandbox.url + "/pay/nonsense")[0] == 404
