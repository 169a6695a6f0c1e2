"""A message from its words: subject, plain text and HTML of a mail; the words of a text, a letter and a call.

Two steps: the words are rendered (Liquid with limits), then set into the frame of every mail.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from liquid import BoundTemplate
from liquid.exceptions import LiquidError

from duecourse.connectors.channels.fold import fold
from duecourse.connectors.channels.liquid_limits import MOST_PAGE, environment
from duecourse.connectors.channels.words_file import MAIL, BadTemplate, WordsFile, names, packaged
from duecourse.core.law.statements import LANGUAGES, line

__all__ = [
    "BadTemplate",
    "LetterTemplate",
    "Message",
    "Rendered",
    "Words",
    "language_of",
    "message",
    "say",
    "template",
]

MOST_READY = 256
"""Versions of one message that are kept ready: creditor by country by kind of customer."""
SHARED = ("creditor", "tone", "lang", "dir", "free_help", "person", "disclosure", "language_help", "many")
"""Names whose values are the same for many messages of a batch."""
NOTICES = (
    "plan_agreed",
    "plan_reminder",
    "plan_check_in",
    "plan_done",
    "invoice_again",
    "dispute_answer",
    "dispute_opened",
)
"""Messages that tell of a case; the row's purpose or step names one."""
_APART = "\x1e"


@dataclass(frozen=True)
class Rendered:
    """One message: the same facts as text and as HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Words:
    """The words of a message before any frame."""

    subject: str
    preview: str
    title: str
    amount: str
    body: tuple[str, ...]
    close: tuple[str, ...]


def language_of(preference: str) -> str:
    """The library's language for a customer who prefers this one; English where there is none.

    >>> language_of("de-AT"), language_of("pl")
    ('de', 'en')
    """
    base = preference.replace("_", "-").split("-")[0].lower()
    return base if base in LANGUAGES else "en"


@cache
def say(language: str) -> Mapping[str, str]:
    """The frame's words in a language."""
    place = files("duecourse.connectors.channels") / "templates" / language / "say.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))


@cache
def _frame(kind: str) -> str:
    return (files("duecourse.connectors.channels") / "templates" / f"frame.liquid.{kind}").read_text(encoding="utf-8")


@cache
def template(name: str) -> LetterTemplate:
    """The library's message for the `template` of an outbox row. Raises BadTemplate."""
    return LetterTemplate(name)


@cache
def message(name: str, language: str = "en") -> Message:
    """One message of the library by its own name, such as reminder_day14. Raises BadTemplate."""
    return Message(packaged(name, language_of(language)))


class LetterTemplate:
    """One kind of message in every step and language; `version` changes with any byte of any of them."""

    def __init__(self, name: str) -> None:
        self.name = name
        files_ = [packaged(each, language).source for each in self._members() for language in LANGUAGES]
        self.version = hashlib.sha256("\0".join(files_).encode()).hexdigest()[:12]

    def _members(self) -> list[str]:
        if self.name == "reminder":
            return [name for name in names() if name.startswith("reminder_")]
        return list(NOTICES) if self.name == "notice" else [self.name]

    def name_of(self, data: Mapping[str, Any]) -> str:
        """Name of the one message that `data` asks for by its step (`tone`) or notice."""
        tone = data.get("tone", "")
        if self.name == "reminder":
            return f"reminder_{tone}" if f"reminder_{tone}" in names() else "reminder_day7"
        if self.name == "notice":
            asked = data.get("notice", "")
            return asked if asked in NOTICES else tone if tone in NOTICES else "dispute_answer"
        return self.name

    def of(self, data: Mapping[str, Any]) -> Message:
        """That message in the language of `data`."""
        return message(self.name_of(data), language_of(data.get("lang", "en")))

    def render(self, data: Mapping[str, Any]) -> Rendered:
        """Raises BadTemplate where a value is missing or a limit is passed."""
        return self.of(data).render(data)


class Message:
    """One message, read once. Rendering is safe from several threads."""

    def __init__(self, words: WordsFile) -> None:
        self.words = words
        self.version = words.version
        self._say = say(words.language)
        self._constants = {"say": self._say, "ways": list(words.ways), "table": words.table}
        self._ready: dict[str, tuple[BoundTemplate, BoundTemplate, BoundTemplate]] = {}
        self._fold({})  # words that cannot be read are refused here

    def render(self, data: Mapping[str, Any]) -> Rendered:
        """The mail. Raises BadTemplate where a value is missing or a limit is passed."""
        given = self._given(data)
        told, text, html = self._parts(given)
        words = _with_answer(self._split(self._one(told, given)), data)
        framed = {**given, "told": vars(words)}
        return Rendered(
            subject=words.subject, text=self._one(text, framed).strip() + "\n", html=self._one(html, framed)
        )

    def mail_words(self, data: Mapping[str, Any]) -> Words:
        """The words of the mail and the letter. Raises BadTemplate."""
        given = self._given(data)
        return _with_answer(self._split(self._one(self._parts(given)[0], given)), data)

    def sms(self, data: Mapping[str, Any]) -> str:
        """The text message in one line, with who we are where the law asks for it, and how to stop. Raises BadTemplate."""
        said = self._section("sms", data)
        stop = line("optout", self.words.language, "line_sms")
        if not data.get("replies", True):
            stop = f"{line('optout', self.words.language, 'line_link')} {data['stop_url']}"
        return " ".join(part for part in (" ".join(said.split()), data.get("disclosure", ""), stop) if part)

    def call(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        """The guide for a call, a line a step. Raises BadTemplate."""
        return tuple(step.strip() for step in self._section("call", data).splitlines() if step.strip())

    def letter(self, data: Mapping[str, Any]) -> str:
        """The words of the same message on paper, in the mark-up of documents.kinds.letter. Raises BadTemplate."""
        words, given = self.mail_words(data), self._given(data)
        customer = data["customer"]
        name = customer.get("salutation") or customer["name"]
        help_ = [self._say["help_line"]] if "help" in self.words.ways else []
        parts = [
            f"# {words.title}", f"{self._say['dear']} {name}{self._say['after_name']}", "[amount]" if words.amount else "",
            *words.body, given["disclosure"], "[invoices]" if self.words.table != "none" and given["many"] else "",
            "[pay]" if "pay" in self.words.ways else "", *words.close, *help_,
        ]  # fmt: skip
        return "\n\n".join(part for part in parts if part)

    def _section(self, name: str, data: Mapping[str, Any]) -> str:
        return self._one(self._compiled(name), self._given(data))

    def _compiled(self, name: str) -> BoundTemplate:
        return self._read(lambda: environment().from_string(self.words.sections.get(name, "")))

    def _given(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """`data` with what follows from it: the noun, many or one, and what it is for in words."""
        debts = data.get("debts", ())
        for_person = "_person" if data.get("person") else ""
        noun = self._say.get(f"noun{for_person}", self._say["noun"])
        nouns = self._say.get(f"nouns{for_person}", self._say["nouns"])
        one = debts[0] if debts else {"ref": "", "description": ""}
        key = "what_many" if len(debts) > 1 else "what_described" if one.get("description") else "what_one"
        what = self._say[key].format(
            noun=noun, nouns=nouns, n=len(debts), ref=one["ref"], description=one.get("description")
        )
        follows = {
            "noun": noun, "nouns": nouns, "many": len(debts) > 1, "what": what, "person": False, "disclosure": "",
            "language_help": "", "host": data["pay_url"].split("/")[2], "one_ref": one["ref"],
        }  # fmt: skip
        return {**follows, **data, **self._constants}

    def _parts(self, data: Mapping[str, Any]) -> tuple[BoundTemplate, BoundTemplate, BoundTemplate]:
        shared = {name: data[name] for name in SHARED if name in data}
        key = repr(tuple(shared.values()))
        parts = self._ready.get(key)
        if parts is None:
            if len(self._ready) >= MOST_READY:
                self._ready.clear()
            parts = self._ready[key] = self._fold(shared)
        return parts

    def _fold(self, shared: Mapping[str, Any]) -> tuple[BoundTemplate, BoundTemplate, BoundTemplate]:
        known = {**shared, **self._constants}
        told = _APART.join(self.words.sections.get(name, "") for name in MAIL)
        page = lambda escape: environment(autoescape=escape, most=MOST_PAGE)  # noqa: E731
        return (
            self._read(lambda: fold(environment(), told, known)),
            self._read(lambda: fold(page(False), _frame("txt"), known)),
            self._read(lambda: fold(page(True), _frame("html"), known)),
        )

    def _split(self, text: str) -> Words:
        subject, preview, title, amount, body, close = (" \n".join(p.splitlines()) for p in text.split(_APART))
        lines = lambda part: tuple(" ".join(each.split()) for each in part.split("\n") if each.strip())  # noqa: E731
        return Words(*(" ".join(part.split()) for part in (subject, preview, title, amount)), lines(body), lines(close))

    def _read(self, make: Callable[[], BoundTemplate]) -> BoundTemplate:
        try:
            return make()
        except LiquidError as error:
            raise BadTemplate(f"{self.words.name}: {type(error).__name__}: {str(error).splitlines()[0]}") from None

    def _one(self, part: BoundTemplate, data: Mapping[str, Any]) -> str:
        try:
            return part.render(**data)
        except LiquidError as error:
            raise BadTemplate(f"{self.words.name}: {type(error).__name__}: {str(error).splitlines()[0]}") from None


def _with_answer(words: Words, data: Mapping[str, Any]) -> Words:
    """What became of the customer's own question stands before our closing words; it is no part of any template."""
    answer = data.get("answered")
    return replace(words, close=(answer, *words.close)) if answer else words
