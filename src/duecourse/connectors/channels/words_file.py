"""The words of one message in one language: a small text with sections, which users may edit. HTML is never in it.

== about      ways: pay help; table: invoices, against or none; purpose: reminder
== subject    one line, says nothing of a debt
== preview    one line that a locked screen may show
== title, == amount, == body, == close    the mail and the letter; a line is a paragraph
== sms        one text; how to stop it is added
== call       a guide for a person, not a recital
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from duecourse.connectors.channels.liquid_limits import MOST_SOURCE

MAIL: Final = ("subject", "preview", "title", "amount", "body", "close")
SECTIONS: Final = ("about", *MAIL, "sms", "call")
WAYS: Final = frozenset(("pay", "part", "help", "wrong"))
TABLES: Final = ("none", "invoices", "against")
PURPOSES: Final = ("reminder", "receipt", "service", "instalment", "care", "offer", "last_resort")


class BadTemplate(ValueError):
    """The template cannot be read or rendered; the message names the place and the fault, never the data."""


@dataclass(frozen=True)
class WordsFile:
    """`sections` by name, each a Liquid text; `version` changes with any byte."""

    name: str
    language: str
    source: str
    sections: Mapping[str, str]
    ways: tuple[str, ...]
    table: str
    purpose: str

    @property
    def version(self) -> str:
        return hashlib.sha256(self.source.encode()).hexdigest()[:12]


def read(name: str, language: str, source: str) -> WordsFile:
    """Raises BadTemplate, which says the line and the mend.

    >>> read("x", "en", "== about\\npurpose: receipt\\n== body\\nHello.").sections["body"]
    'Hello.'
    """
    if len(source) > MOST_SOURCE:
        raise BadTemplate(f"The text is longer than {MOST_SOURCE:,} characters. Shorten it.")
    sections: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate(source.replace("\r\n", "\n").split("\n"), start=1):
        if line.startswith("== "):
            section = line[3:].strip()
            if section not in SECTIONS or section in sections:
                raise BadTemplate(
                    f"Line {number}: {section!r} is no section or comes twice. Sections: {', '.join(SECTIONS)}."
                )
            current = sections[section] = []
        elif current is not None:
            current.append(line)
        elif line.strip():
            raise BadTemplate(f"Line {number}: begin with a section, such as == about.")
    texts = {section: "\n".join(lines).strip() for section, lines in sections.items()}
    about = dict(_about(texts.pop("about", "")))
    ways = tuple(about.get("ways", "").split())
    table, purpose = about.get("table", "none"), about.get("purpose", "")
    if not WAYS.issuperset(ways) or table not in TABLES or purpose not in PURPOSES:
        raise BadTemplate(
            f"== about needs purpose ({', '.join(PURPOSES)}), ways ({', '.join(sorted(WAYS))}) and table ({', '.join(TABLES)})."
        )
    return WordsFile(name, language, source, texts, ways, table, purpose)


def _about(text: str) -> list[tuple[str, str]]:
    pairs = [line.partition(":") for line in text.splitlines() if line.strip()]
    return [(key.strip(), value.strip()) for key, _, value in pairs]


@cache
def packaged(name: str, language: str) -> WordsFile:
    """The library's own words. Raises BadTemplate where there are none."""
    place = files("duecourse.connectors.channels") / "templates" / language / f"{name}.liquid"
    if not place.is_file():
        raise BadTemplate(f"There is no template {name} in {language}.")
    return read(name, language, place.read_text(encoding="utf-8"))


@cache
def names() -> tuple[str, ...]:
    """Every message of the library; each is there in every language."""
    folder = files("duecourse.connectors.channels") / "templates" / "en"
    return tuple(
        sorted(file.name.removesuffix(".liquid") for file in folder.iterdir() if file.name.endswith(".liquid"))
    )
