"""The library: every message in four languages is publishable as it stands, and each guard has a canary that it stops."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from duecourse.connectors.channels import trust
from duecourse.connectors.channels.letter_text import message, say
from duecourse.connectors.channels.publishable import faults
from duecourse.connectors.channels.sample_data import samples
from duecourse.connectors.channels.words_file import BadTemplate, names, packaged, read
from duecourse.core.language.plain.readability import grade_of
from duecourse.core.language.sentences import sentences
from duecourse.core.law.statements import LANGUAGES, says

GOLDEN = Path(__file__).with_name("golden_library.json")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_may_be_published(language):
    assert len(names()) == 17
    for name in names():
        assert faults(packaged(name, language)) == [], name


def test_languages_have_the_same_messages_and_places():
    for name in names():
        english = packaged(name, "en")
        for language in LANGUAGES:
            own = packaged(name, language)
            assert (own.ways, own.table, own.purpose, set(own.sections)) == (
                english.ways,
                english.table,
                english.purpose,
                set(english.sections),
            )
            assert set(say(language)) >= set(say("de")), language


def test_every_mail_says_how_to_stop_and_help_that_is_not_ours():
    for language in LANGUAGES:
        for name in names():
            written = message(name, language).render(samples(language)[0])
            assert says(written.text, "optout", language), (language, name)
            assert "https://www.businessdebtline.org/" in written.text and "/stop/" in written.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("total", ["£1,284.60", "1.284,60 €", "1.284.600,00 €", "£10.00 + €5.00", "¥1,000"])
def test_the_loud_amount_is_whole(language, total):
    html = message("reminder_day7", language).render({**samples(language)[0], "total": total}).html
    loud = html.partition("font-size:50px")[2].partition(">")[2].partition("</p>")[0]
    assert re.sub(r"<[^>]+>", "", loud) == total


def test_words_as_they_were_when_they_were_read_over():
    """Golden: a changed word is looked at again. `python -m tests.connectors.channels.write_golden` writes the file."""
    kept = json.loads(GOLDEN.read_text())
    now = {f"{language}/{name}": packaged(name, language).version for language in LANGUAGES for name in names()}
    assert now == kept


CANARIES = {
    "a threat": ("== close", "== close\nPay now or we will take you to court."),
    "blame": ("== close", "== close\nYou failed to pay."),
    "no date": ("Please choose what works for you by {{ due_by }}.", "Please choose."),
    "a long sentence": ("== close", "== close\n" + "we wait and " * 14 + "that is all."),
    "a debt in the subject": ("A note from", "Your overdue debt with"),
    "a debt in the preview": ("Choose what works for you.", "You owe us money."),
    "a strange link": ("== close", "== close\nSee https://bit.ly/3x for more."),
    "a secret": ("== close", "== close\nPlease send your password to us."),
    "an unknown field": ("{{ total }}", "{{ total_due }}"),
    "an unknown part of a field": ("{{ creditor.name }}: ", "{{ creditor.bank }}: "),
    "no text": ("== sms\n", "== call_\n"),
    "an unknown section": ("== call", "== fax"),
    "a filter that is not there": ("{{ total }}", "{{ total | replace: '£', '$' }}"),
    "a tag that is not there": ("== close", "== close\n{% include 'x' %}"),
    "no way to pay in the text": (": {{ pay_url }}", "."),
}  # fmt: skip


@pytest.mark.parametrize("canary", CANARIES)
def test_what_may_not_be_published_is_not(canary):
    source = packaged("reminder_day14", "en").source
    before, after = CANARIES[canary]
    assert before in source
    try:
        found = faults(read("reminder_day14", "en", source.replace(before, after)))
    except BadTemplate as error:
        found = [error]
    assert found, canary


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "gone"), [("body", "due_by"), ("body", "agency")])
def test_a_last_resort_without_its_date_or_step_is_none(language, section, gone):
    words = packaged("last_resort", language)
    lines = [line for line in words.source.splitlines() if gone not in line or line.startswith("==")]
    found = faults(read("last_resort", language, "\n".join(lines)))
    assert any(fault.where in (section, "sms") for fault in found)


def test_a_collector_in_the_united_states_says_so_in_every_message():
    for language in LANGUAGES:
        sample = samples(language)[3]
        for name in names():
            for text in (message(name, language).render(sample).text, message(name, language).sms(sample)):
                assert (
                    says(text, "collector", language)
                    and says(text, "attempt", language)
                    and says(text, "purpose", language)
                )


def test_the_reading_age_of_english():
    for name in names():
        text = " ".join(message(name).mail_words(samples("en")[0]).body)
        if len(text.split()) > 12:
            assert grade_of([each.words for each in sentences(text)]).grade <= 8, (name, text)


def test_trust_tells_each_fault():
    good = dict(
        subject="A note from A",
        text="A writes about R-1. Type pay.a.example to check.",
        host="pay.a.example",
        creditor="A",
        reference="R-1",
    )
    assert trust.faults(**good) == []
    for change in (
        {"text": "R-1 pay.b.example pay.a.example https://pay.b.example/x"},
        {"host": "xn--1"},
        {"reference": "R-2"},
        {"text": "A R-1 https://pay.a.example/"},
        {"text": good["text"] + " Send us your PIN."},
        {"subject": "Final demand"},
        {"preview": "You owe"},
    ):
        assert trust.faults(**{**good, **change}), change


def test_paper_says_the_same():
    words = message("reminder_day30", "de").letter(samples("de")[1])
    assert (
        words.startswith("# 2 Rechnungen sind noch offen.")
        and "[amount]" in words
        and "[invoices]" in words
        and "[pay]" in words
    )
