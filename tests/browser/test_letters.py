"""Letters: each step says amount, what for, by when, how to pay, how to get help and how to stop; kind, short, readable."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from duecourse.connectors.channels.letter_text import Rendered, template
from tests.browser.looking import RULES, Axe
from tests.browser.test_words import BANNED, sentences

STEPS = ("pre_due", "due", "day7", "day14", "day21", "day30")
LINK = "https://pay.fernleigh.example/p/4TQ7/"
OVEN = {
    "ref": "FK-20418",
    "description": "combi oven service",
    "amount": "£1,284.60",
    "due_date": "6 November",
    "days_late": 18,
    "left": "",
}
MIXER = {
    "ref": "FK-20377",
    "description": "",
    "amount": "£318.40",
    "due_date": "12 November",
    "days_late": 12,
    "left": "£18.40",
}


def letter(step: str, *debts: dict[str, Any], name: str = "reminder", **more: Any) -> Rendered:
    data = {
        "creditor": {
            "name": "Fernleigh Kitchen Supplies", "contact": "Ruth Calder", "phone": "0113 496 0118",
            "hours": "Monday to Friday, 9 to 5", "address": "14 Tannery Row, Leeds", "place": "",
        },
        "customer": {"name": "Okafor & Sons <Ltd>", "salutation": "Maya"},
        "debts": list(debts), "total": "£1,603.00" if len(debts) > 1 else "£1,284.60", "due_by": "Friday 4 December", "tone": step,
        "pay_url": LINK, "lang": "en-GB",
        "free_help": {"name": "Business Debtline", "line": "Business Debtline gives free advice.", "url": "https://www.businessdebtline.org/"},
        **{f"{page}_url": f"{LINK}{page}/" for page in ("help", "wrong", "why", "stop")},
        **more,
    }  # fmt: skip
    return template(name).render(data)


@pytest.mark.parametrize("many", [False, True], ids=["one", "many"])
@pytest.mark.parametrize("step", STEPS)
def test_a_reminder_says_it_all(step: str, many: bool) -> None:
    debts = (OVEN, MIXER) if many else (OVEN,)
    written = letter(step, *debts)
    assert (
        written.subject == "A note from Fernleigh Kitchen Supplies"
    )  # names no debt: a locked screen may be read by others
    total = "£1,603.00" if many else "£1,284.60"
    split = f"{total[:-3]}<span"
    for text, amount in ((written.text, total), (written.html, split)):
        assert amount in text
        assert "Friday 4 December" in text
        for address in (
            LINK,
            f"{LINK}help/",
            f"{LINK}wrong/",
            f"{LINK}why/",
            f"{LINK}stop/",
            "https://www.businessdebtline.org/",
        ):
            assert address in text, address
        for debt in debts:
            assert debt["ref"] in text
            assert debt["amount"] in text or not many
        assert "Ruth Calder" in text and "0113 496 0118" in text
        assert "It will never make your choices worse" in text
    lines = sentences(f"<main>{written.html.split('<body', 1)[1].replace('</td>', '</p>')}</main>")
    assert max(len(line.split()) for line in lines) <= 25, max(lines, key=lambda line: len(line.split()))
    assert not BANNED.search(written.text)
    assert "!" not in written.text


def test_before_the_first_button_there_are_few_words() -> None:
    """Amount, what for, by when: in under 60 words."""
    for step in STEPS:
        text = letter(step, OVEN, MIXER).text
        assert len(text.split("See it and pay")[0].split()) < 60, step


def test_nothing_of_a_customer_breaks_out_of_the_page() -> None:
    evil = {**OVEN, "description": '"><script>alert(1)</script>', "ref": "<b>x"}
    html = letter("day7", evil, MIXER).html
    assert "<script" not in html and "<b>x" not in html


@pytest.mark.parametrize("left", ["", "£18.40"], ids=["settled", "a part"])
def test_a_receipt_thanks_and_says_what_is_left(left: str) -> None:
    written = letter(
        "",
        {**OVEN, "left": left},
        name="receipt",
        paid="£1,266.20",
        paid_date="Tuesday 24 November",
        reference="CA-3F0",
        total=left,
    )
    assert written.text.startswith("Dear Maya,\n\nThank you.")
    assert "CA-3F0" in written.text and "£1,266.20" in written.text
    assert ("£18.40 is still open" in written.text) == bool(left)
    assert ("Nothing is open now" in written.text) != bool(left)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 680])
def test_letters_are_read_by_axe(page: Page, tmp_path: Path, width: int, scheme: str) -> None:
    paid = {"paid": "£1,266.20", "paid_date": "Tuesday 24 November", "reference": "CA-3F0"}
    for name, written in {
        "one": letter("day14", OVEN),
        "many": letter("pre_due", OVEN, MIXER),
        "receipt": letter("", OVEN, MIXER, name="receipt", **paid),
    }.items():
        file = tmp_path / f"{name}.html"
        file.write_text(written.html)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(file.as_uri())
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(f["id"], [n["html"][:100] for n in f["nodes"]]) for f in found] == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_letter_stands_without_its_styles() -> None:
    """Images and styles off: the order of the words is the order of the letter."""
    bare = re.sub(r"<[^>]+>", " ", letter("day14", OVEN).html.split("<body", 1)[1])
    words = " ".join(bare.split())
    order = [
        "Dear Maya",
        "still open",
        "£1,284",
        "is owed to",
        "Friday 4 December",
        "See it and pay",
        "Pay part of it",
        "Not now",
        "Reply to this email",
    ]
    places = [words.index(w) for w in order]
    assert places == sorted(places)
