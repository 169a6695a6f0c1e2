"""The customer's pages in every language: nothing missing, nothing stale, placeholders and tags as in the original."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client

import duecourse.interfaces
from duecourse.core.language.free_help import free_help
from duecourse.records.models import Customer
from duecourse.records.tenancy import scope
from tests.actions.paying import owes
from tests.conftest import Book
from tests.interfaces.test_portal_plan import entered

PACKAGE = Path(duecourse.interfaces.__file__).parent
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
COUNTRIES = set(Locale("en").territories)
MARKS = re.compile(r"%\(\w+\)s|<[^>]+>|https?://\S+")

Id = str | tuple[str, ...]


def catalogue(language: str) -> Catalog:
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> set[Id]:
    """Every text of the portal as xgettext finds it in the sources."""
    if shutil.which("xgettext") is None:
        pytest.skip("xgettext is not installed (Debian: gettext)")
    copy = tmp_path_factory.mktemp("words") / "interfaces"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("locale", "static", "__pycache__"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "de", "--no-location"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    with (copy / "locale" / "de" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {m.id for m in read_po(file) if m.id}


def faults(found: Catalog, wanted: set[Id]) -> list[str]:
    """What is wrong with a catalogue."""
    said = {m.id: m.string if isinstance(m.string, tuple) else (m.string,) for m in found if m.id}
    wrong = [f"missing: {each}" for each in wanted - said.keys()]
    wrong += [f"stale: {each}" for each in said.keys() - wanted]
    for each, strings in said.items():
        sources = each if isinstance(each, tuple) else (each,)
        if not all(strings) or len(strings) != len(sources):
            wrong.append(f"empty: {each}")
        pairs = zip(strings, sources, strict=False)
        wrong += [f"marks differ: {s}" for s, o in pairs if sorted(MARKS.findall(s)) != sorted(MARKS.findall(o))]
    wrong += [f"fuzzy: {m.id}" for m in found if m.id and m.fuzzy]
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_whole(language: str, spoken: set[Id]) -> None:
    helps = [free_help(c, person=p) for c in COUNTRIES for p in (True, False)]
    anywhere = free_help("", person=True).name
    assert faults(catalogue(language), spoken | {h.line for h in helps} | {anywhere}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = _texts(read_mo(file))
    assert compiled == _texts(catalogue(language))


def _texts(found: Catalog) -> dict[Id, Id]:
    plain = {m.id if isinstance(m.id, str) else tuple(m.id): m.string for m in found if m.id}
    return {k: v if isinstance(v, str) else tuple(v) for k, v in plain.items()}


def test_a_lost_placeholder_and_a_missing_text_are_seen() -> None:
    """The canary."""
    broken = Catalog(locale="de")
    broken.add("Invoice %(ref)s", "Rechnung")
    assert faults(broken, {"Invoice %(ref)s", "Pay"}) == ["missing: Pay", "marks differ: Rechnung"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_stay_short(language: str) -> None:
    """At most 25 words in a sentence, as in the original."""
    for message in catalogue(language):
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            for sentence in re.split(r"[.?!]\s", text) if message.id else ():
                assert len(re.findall(r"[^\W\d_]+", re.sub(MARKS, "x", sentence))) <= 25, sentence


def test_the_browser_asks_and_a_choice_stays(book: Book) -> None:
    client = Client()
    page = client.get("/p/check/", headers={"accept-language": "de-AT,de;q=0.9"})
    assert '<html lang="de"' in page.content.decode() and "Prüfen, ob wir es sind" in page.content.decode()
    back = client.post("/p/language/", {"language": "fr", "next": "/p/check/?reference=a"})
    assert back.headers["Location"] == "/p/check/?reference=a"
    assert '<html lang="fr"' in client.get("/p/check/", headers={"accept-language": "de"}).content.decode()
    shown = re.findall(r'name="language" value="(\w+)"[^>]*>(\w+)<', client.get("/p/check/").content.decode())
    assert shown == [(code, name) for code, name in settings.LANGUAGES]


@pytest.mark.parametrize("asked", ["xx", "", "../etc", "de\r\nX: y"])
def test_no_other_language_and_no_other_place(book: Book, asked: str) -> None:
    back = Client().post("/p/language/", {"language": asked, "next": "https://elsewhere.example/"})
    assert back.headers["Location"] == "/p/check/" and settings.LANGUAGE_COOKIE_NAME not in back.cookies


def test_a_customer_is_spoken_to_in_their_language_unless_the_reader_chose(book: Book) -> None:
    client, link = entered(owes((128460, date(2026, 11, 6))))
    with scope("all"):
        Customer.objects.update(language="de-AT")
    page = client.get(f"{link}owed/", headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="de"' in page and "ist bei" in page and "1.284" in page
    client.post("/p/language/", {"language": "es", "next": f"{link}owed/"})
    assert "Otras formas de resolverlo" in client.get(f"{link}owed/").content.decode()
    with scope("all"):
        assert Customer.objects.get().language == "de-AT"
