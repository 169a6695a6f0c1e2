"""A text that lacks what its purpose needs is found out, and the gate refuses it. Each guard has its canary: one statement gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from duecourse.connectors.documents.blocks import Ticks
from duecourse.connectors.documents.kinds.places import places
from duecourse.connectors.documents.kinds.validation import validation
from duecourse.connectors.documents.text import as_text
from duecourse.core.law.gate import LawFacts, Rulebook, gate
from duecourse.core.law.rendered import Final, read
from duecourse.core.law.required import lacking
from duecourse.core.law.statements import LANGUAGES, line
from duecourse.core.law.validation_period import validation_end
from tests.connectors.documents import samples

NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)
RULES = Rulebook.load(as_of=NOON.date())
HOME = LawFacts(locations=pl.DataFrame({"customer": [1], "tz": ["America/New_York"], "jurisdiction": ["US-OH"]}))


def judged(columns, channel, purpose="reminder", **more):
    row = {
        "candidate": 1,
        "customer": 1,
        "channel": channel,
        "purpose": purpose,
        "collector": "third_party",
        "at": NOON,
    }
    asked = pl.DataFrame(
        [{**row, **more, **columns}],
        schema_overrides={"languages": pl.List(pl.String), "disclosure_languages": pl.List(pl.String)},
    )
    answer = gate(asked, HOME, rules=RULES, house=False, rendered=True).row(0, named=True)
    return answer["verdict"], [rule["id"] for rule in answer["rules"]]


def notice(language="en-US", change=lambda text: text, channel="letter", **debt):
    head, owed = samples.us(language), replace(samples.DEBT, end_on=validation_end(NOON.date(), RULES), **debt)
    text = change(as_text(validation(head, owed)))
    final = Final(text, channel, "validation_notice", language, places(head, owed), owed.end_on)
    return judged(read(final), channel, "validation_notice")


def test_the_whole_notice_goes_out_by_post():
    assert notice() == ("allow", [])
    assert (
        notice(financial=False)[0] == "block"
    )  # the items of a financial product are asked for unless it is known to be none


ITEMS = {
    "18e": "trying to collect", "collector": "North Shore Recovery", "collector address": "PO Box 12", "consumer": "Maria Alvarez",
    "consumer address": "12 Elm Street", "account": "ending 4401", "creditor": "Lakeside Credit Union", "original": "You had an account with",
    "date": "As of August 31, 2026, you owed", "amount then": "$500.00", "interest": "in interest", "fees": "in fees", "payments": "you paid this",
    "credits": "you were credited", "amount now": "$412.50", "end to dispute": "we must stop collection on any amount", "end, creditor": "we must stop collection until",
    "assumed valid": "we will assume", "bureau": "www.cfpb.gov/debt-collection", "respond": "How do you want to respond?", "check": "Check all that apply:",
    "because": "I want to dispute the debt because I think:", "not mine": "This is not my debt.", "amount": "The amount is wrong.", "other": "Other (please describe",
    "name please": "I want you to send me the name and address",
}  # fmt: skip


@pytest.mark.parametrize("item", ITEMS)
def test_without_an_item_it_stays_here(item):
    verdict, rules = notice(change=lambda text: text.replace(ITEMS[item], "…"))
    assert verdict == "block" and {"US-REGF-34-VALIDATION", "US-REGF-18e-DISCLOSURE"} & set(rules), item


def test_an_end_that_comes_early_a_blank_field_and_a_lone_translation_are_refused():
    head = samples.us()
    early = replace(samples.DEBT, end_on=date(2027, 1, 1))
    text = as_text(validation(head, early))
    said = read(Final(text, "letter", "validation_notice", "en-US", places(head, early), early.end_on))
    assert judged(said, "letter", "validation_notice")[0] == "block"
    blank = read(Final(text, "letter", "validation_notice", "en-US", {**places(head, early), "fees_amount": ""}, None))
    assert blank["itemization_blank"] is True
    assert notice("es-US")[0] == "block"


def test_by_mail_it_says_how_to_dispute_there():
    document = validation(samples.us(), samples.DEBT)
    text = as_text(document) + "\nStop these emails: https://pay.example/p/x/stop/"
    final = Final(text, "email", "validation_notice", "en-US", places(samples.us(), samples.DEBT), samples.DEBT.end_on)
    assert judged(read(final), "email", "validation_notice", in_initial_communication=True) == ("allow", [])
    silent = replace(final, text=text.replace("We accept disputes electronically", "We accept disputes"))
    assert judged(read(silent), "email", "validation_notice", in_initial_communication=True)[1] == [
        "US-REGF-34-VALIDATION"
    ]


def test_the_boxes_stand_in_the_order_of_the_rule_at_the_end():
    ticks = next(block for block in validation(samples.us(), samples.DEBT).blocks if isinstance(block, Ticks))
    assert [item.split()[0] for item in ticks.items] == ["This", "The", "Other", "I"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_lines_count_in_each_language(language):
    for channel in ("email", "sms"):
        stop = line("optout", language, f"line_{channel}")
        text = f"{line('disclosure', language)}\n{stop}: https://pay.example/p/x/stop/"
        assert judged(read(Final(text, channel, "reminder", language)), channel) == ("allow", []), text
        assert (
            judged(read(Final(text.replace(stop, "…").split("\n")[0], channel, "reminder", language)), channel)[0]
            == "block"
        )
        bare = f"{stop}: https://pay.example/p/x/stop/"
        assert set(judged(read(Final(bare, channel, "reminder", language)), channel)[1]) == {"US-REGF-18e-DISCLOSURE"}


def test_a_disclosure_in_another_language_only_is_not_enough():
    text = f"{line('disclosure', 'en')}\n{line('optout', 'es', 'line_sms')}"
    assert judged(read(Final(text, "sms", "reminder", "es")), "sms")[1] == ["US-REGF-18e-DISCLOSURE"]


def test_a_stop_that_costs_or_asks_for_more_does_not_count():
    for line_ in (
        "Reply STOP to stop texts. A fee of $1 applies.",
        "Text STOP and your account number to stop texts.",
        "Call us to stop these texts.",
    ):
        text = f"{line('disclosure', 'en')}\n{line_}"
        assert judged(read(Final(text, "sms", "reminder", "en")), "sms")[0] == "block", line_


def test_a_voicemail_says_four_things():
    good = "This is Robin Smith calling from ABC Inc. Please contact me at 1-800-555-1212."
    assert read(Final(good, "voicemail", "reminder", "en"))["qualifies_as_lcm"] is True
    for more in (" It is about your account.", " It is about a debt."):
        assert judged(read(Final(good + more, "voicemail", "reminder", "en")), "voicemail")[0] == "block"


def test_lacks_name_the_rule_and_the_mend():
    found = lacking("Hello", channel="email", purpose="last_resort", language="fr", us_collector=True)
    assert {each.says for each in found} == {
        "optout", "attempt", "purpose", "collector", "by_date", "ways_to_pay", "help", "query", "last_step", "still_open",
    }  # fmt: skip
    assert all(each.rule and each.citation and each.mend.endswith(".") for each in found)
    assert lacking("Thanks", channel="letter", purpose="receipt", language="en") == ()
