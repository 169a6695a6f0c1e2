"""Header words, kept as TOML per language, and the one way a header is brought into their shape."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

STRENGTHS = {"strong": 1.0, "fair": 0.9, "weak": 0.6, "faint": 0.5}
LANGUAGES = ("en", "de", "fr", "es")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_CODE_AT_END = re.compile(r"[\s(\[/,-]+(?:in\s+)?\(?([A-Z]{3}|€|£)[)\]]?\s*$")
_SYMBOLS = {"€": "EUR", "£": "GBP"}


def normalise(header: str) -> str:
    """Lower case words without accents and punctuation.

    >>> [normalise(h) for h in ("*InvoiceNo", "Fälligkeit", "P.O. #", "N° facture", "POAddressLine1", "- % Discount")]
    ['invoice no', 'falligkeit', 'p o no', 'no facture', 'po address line 1', 'percent discount']
    """
    text = (
        header.replace("%", " percent ")
        .replace("#", " no ")
        .replace("№", " no ")
        .replace("n°", " no ")
        .replace("N°", " no ")
    )
    text = text.replace("nº", " no ").replace("Nº", " no ")
    text = _CAMEL.sub(" ", text) if not text.isupper() else text
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def split_currency(header: str, codes: frozenset[str]) -> tuple[str, str]:
    """A header and the currency that it names at its end, or an empty string.

    >>> split_currency("Amount (EUR)", frozenset({"EUR"})), split_currency("Betrag in €", frozenset())
    (('Amount', 'EUR'), ('Betrag', 'EUR'))
    """
    if found := _CODE_AT_END.search(header):
        code = _SYMBOLS.get(found.group(1), found.group(1))
        if (code in codes or found.group(1) in _SYMBOLS) and (rest := header[: found.start()].strip()):
            return rest, code
    return header, ""


@dataclass(frozen=True)
class Phrase:
    """What a header phrase may name, and how surely, from 0 to 1."""

    field: str
    score: float
    language: str


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Every known phrase in normal shape."""
    known: dict[str, list[Phrase]] = {}
    for language in LANGUAGES:
        for field, lists in load(f"{language}.toml").items():
            for strength, score in STRENGTHS.items():
                for text in lists.get(strength, ()):
                    for form in {normalise(text), normalise(text.translate(_UMLAUTS))}:
                        entry = Phrase(field, score, language)
                        if all(p.field != field for p in known.setdefault(form, [])):
                            known[form].append(entry)
    return {form: tuple(entries) for form, entries in known.items()}


@cache
def run_together() -> dict[str, str]:
    """Long phrases without their spaces, for headers such as CUSTOMERNAME."""
    return {form.replace(" ", ""): form for form in phrases() if " " in form and len(form) > 8}


@cache
def never() -> frozenset[str]:
    """Headers of columns that are dropped unread."""
    return frozenset(normalise(text) for text in load("never.toml")["phrases"])


def load(name: str) -> dict[str, Any]:
    """A TOML file of this folder."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
