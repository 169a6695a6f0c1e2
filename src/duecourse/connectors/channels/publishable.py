"""May this text be published? Every fault in words, with its section and its mend.

Merge fields are known, every sample renders within the limits, the final texts say what their purpose needs, mail and text can
be trusted, and the words are plain: the language gate for English, sentence lengths for every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from liquid.exceptions import LiquidError

from duecourse.connectors.channels.letter_text import BadTemplate, Message
from duecourse.connectors.channels.liquid_limits import environment
from duecourse.connectors.channels.sample_data import FIELDS, samples
from duecourse.connectors.channels.trust import faults as trust_faults
from duecourse.connectors.channels.words_file import WordsFile
from duecourse.core.language.plain import check
from duecourse.core.language.sentences import sentences
from duecourse.core.law.required import lacking

MOST_WORDS: Final = 25
MEAN_WORDS: Final = 15
DEMANDS: Final = ("reminder", "instalment", "offer", "last_resort")


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` is a section; `quote` the words; `suggestion` better ones where there are any."""

    where: str
    why: str
    quote: str = ""
    suggestion: str = ""


def faults(words: WordsFile) -> list[Fault]:
    """Empty where it may be published. The same fault is told once."""
    return list(dict.fromkeys(_faults(words)))


def _faults(words: WordsFile) -> Iterator[Fault]:
    yield from unknown_fields(words)
    for section in ("subject", "title", "body", "sms", "call"):
        if not words.sections.get(section):
            yield Fault(section, f"There is no == {section}. Write it.")
    try:
        message = Message(words)
        for sample in samples(words.language):
            if words.purpose in DEMANDS and not sample["total"]:
                continue  # nothing is asked of somebody who owes nothing
            mail, text, call = message.render(sample), message.sms(sample), message.call(sample)
            preview = message.mail_words(sample).preview
            yield from _required(words, mail.text, text, us_collector=bool(sample["disclosure"]))
            yield from _trusted(sample, mail.subject, preview, mail.text, text)
            yield from _plain(words, message, sample, text, call)
    except BadTemplate as error:
        yield Fault("body", str(error))


def unknown_fields(words: WordsFile) -> Iterator[Fault]:
    """Names that no message has."""
    for section, text in words.sections.items():
        try:
            parsed = environment().from_string(text)
        except LiquidError as error:
            yield Fault(section, f"It cannot be read: {str(error).splitlines()[0]}")
            continue
        own = set(parsed.analyze().locals)
        for path in parsed.variable_segments():
            names = [part for part in path if isinstance(part, str)]
            name = ".".join(names[:2])
            if names and names[0] not in own and names[0] not in ("forloop", "debt") and name not in FIELDS:
                yield Fault(section, f"There is no merge field {name}.", name)


def _required(words: WordsFile, mail: str, text: str, *, us_collector: bool) -> Iterator[Fault]:
    for channel, said in (("email", mail), ("sms", text)):
        for lack in lacking(
            said, channel=channel, purpose=words.purpose, language=words.language, us_collector=us_collector
        ):
            yield Fault("sms" if channel == "sms" else "body", f"{lack.mend} ({lack.citation})")


def _trusted(sample: Mapping[str, Any], subject: str, preview: str, mail: str, text: str) -> Iterator[Fault]:
    host = urlsplit(sample["pay_url"]).netloc
    helpers = frozenset({urlsplit(sample["free_help"]["url"]).netloc})
    creditor = sample["creditor"]["name"]
    reference = sample["debts"][0]["ref"]
    for fault in trust_faults(
        subject, mail, host=host, creditor=creditor, reference=reference, elsewhere=helpers, preview=preview
    ):
        yield Fault("subject" if "subject" in fault else "preview" if "preview" in fault else "body", fault)
    for fault in trust_faults("", f"{text} {host}", host=host, creditor=creditor, reference=""):
        yield Fault("sms", fault)


def _plain(
    words: WordsFile, message: Message, sample: Mapping[str, Any], text: str, call: tuple[str, ...]
) -> Iterator[Fault]:
    told = message.mail_words(sample)
    own = "\n\n".join((told.title, f"{told.amount} {told.body[0] if told.body else ''}", *told.body[1:], *told.close))
    for where, said in (("body", own), ("sms", text), ("call", "\n".join(call))):
        lengths = [len(sentence.words.split()) for sentence in sentences(said)]
        for sentence in sentences(said):
            if len(sentence.words.split()) > MOST_WORDS:
                yield Fault(where, f"A sentence has more than {MOST_WORDS} words. Make two of it.", sentence.words)
        if lengths and sum(lengths) / len(lengths) > MEAN_WORDS:
            yield Fault(where, f"Its sentences have more than {MEAN_WORDS} words on average. Shorten them.")
    if words.language == "en":
        # The law fixes the words of the disclosure; the rest is judged without them.
        bare = {**sample, "disclosure": ""}
        mail, text = message.render(bare).text, message.sms(bare)
        for where, said, channel in (
            ("body", mail, "email"),
            ("sms", text, "sms"),
            ("call", "\n".join(call), "call_script"),
        ):
            # A text message names no debt, so it makes no demand; the page behind its link does.
            demand = words.purpose in DEMANDS and channel == "email"
            for fault in check(said, channel=channel, demand=demand).faults:
                yield Fault(where, fault.why, fault.quote, fault.suggestion)
