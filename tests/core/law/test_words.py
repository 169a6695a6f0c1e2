"""What people say, as a table: the medium it came by, and what it surely rules out."""

from __future__ import annotations

import pytest

from duecourse.core.law import words

STOPS = [
    ("STOP", "sms", {"sms"}), ("stop", "email", {"email"}), ("Stop all", "sms", {"sms"}), ("revoke", "sms", {"sms"}),
    ("STOP.", "sms", {"sms"}), ("opt-out", "sms", {"sms"}), ("End", "sms", {"sms"}), ("unsubscribe", "email", {"email"}),
    ("Stop calling me.", "call", {"call"}), ("please don’t ring me any more", "email", {"call"}),
    ("Stop mailing me letters", "call", {"letter"}), ("No more emails and no more texts", "email", {"email", "sms"}),
    ("Do not contact me again", "sms", {"any"}), ("Leave me alone", "sms", {"any"}), ("Remove me from your list", "sms", {"sms"}),
    ("STOP STOP STOP", "sms", {"sms"}), ("Alto", "sms", {"sms"}), ("stop please thanks", "sms", {"sms"}),
    ("Stop by the office", "sms", set()), ("When will this end?", "sms", set()), ("Please call me", "sms", set()),
    ("I will stop my standing order", "email", set()), ("Can you text me the link?", "sms", set()), ("", "sms", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "through", "media"), STOPS)
def test_media_that_words_rule_out(text: str, through: str, media: set[str]) -> None:
    assert words.media_to_stop(text, through) == media


@pytest.mark.parametrize(
    ("reads", "yes", "no"),
    [
        (words.asks_to_cease, "I refuse to pay this debt.", "I will pay on Friday."),
        (words.refuses_as_barred, "This is statute barred, I won't be paying.", "I won't be paying."),
        (words.rules_out_work, "My boss doesn't allow calls", "I work nights"),
        (words.rules_out_home, "Don't contact me at home", "I am at home"),
        (words.has_lawyer, "Talk to my solicitor", "I know the law"),
        (words.is_stranger, "Wrong person, I got your message about their debt.", "I am not sure what I owe"),
        (words.asks_to_be_called, "Ring me again next week.", "Don't call me back"),
    ],
)
def test_other_sure_readings(reads: object, yes: str, no: str) -> None:
    assert reads(yes) is True  # type: ignore[operator]
    assert reads(no) is False  # type: ignore[operator]
