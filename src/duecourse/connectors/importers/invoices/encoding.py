"""Which bytes are which letters: proven where it can be, asked where it cannot."""

from __future__ import annotations

import codecs
import re

from duecourse.connectors.importers.guard.text import looks_like_utf16
from duecourse.connectors.importers.invoices.question import Option, Question
from duecourse.connectors.importers.problems import Unreadable
from duecourse.connectors.importers.source import Source

_CHUNK = 1 << 20
_MANY = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
# cp1252 has no letters for these five bytes, so a file that uses them is something else.
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_WESTERN_LETTERS = set("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽž")
_WESTERN_SIGNS = set("€£§°’‘“”„–—…«»©®ªº·¡¿½¼´\u00a0")
CHOICES = ("cp1252", "cp850", "mac_roman", "cp1250", "iso8859_15")


def find_encoding(source: Source) -> tuple[str, Question | None]:
    """The encoding by Python's name, and a question where two are as likely. Raises Unreadable where it is a mixture.

    >>> find_encoding(Source.of("Kunde,Betrag\\nMüller,1".encode("cp1252")))[0]
    'cp1252'
    """
    head = source.head(4096)
    if head.startswith(codecs.BOM_UTF8):
        _check(source, "utf-8-sig")
        return "utf-8-sig", None
    if looks_like_utf16(head):
        return _utf16(source, head), None
    if _is_utf8(source):
        return "utf-8", None
    with source.open() as handle:
        content = handle.read()
    valid, high = sum(len(m) for m in _MANY.findall(content)), len(_HIGH.findall(content))
    if valid > 0.5 * high:
        raise _mixture(content)
    if not _UNDEFINED.search(content) and _western(content):
        return "cp1252", None
    return "cp1252" if not _UNDEFINED.search(content) else "cp850", _ask(content)


def _utf16(source: Source, head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    else:
        name = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    if source.size % 2:
        raise Unreadable("The file is cut off in the middle of a letter.", mend="Export it again.")
    _check(source, name)
    return name


def _is_utf8(source: Source) -> bool:
    try:
        _decode(source, "utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            with source.open() as handle:
                handle.seek(max(0, source.size - 4))
                if _MANY.search(handle.read(4)) is None and _earlier_many(source):
                    raise Unreadable(
                        "The file is cut off in the middle of a letter.", mend="Export it again."
                    ) from error
        return False
    return True


def _earlier_many(source: Source) -> bool:
    with source.open() as handle:
        return _MANY.search(handle.read()) is not None


def _check(source: Source, name: str) -> None:
    try:
        _decode(source, name)
    except UnicodeDecodeError as error:
        raise Unreadable(f"The file says it is {name}, but it is not.", mend="Export it again as UTF-8.") from error


def _decode(source: Source, name: str) -> None:
    decoder = codecs.getincrementaldecoder(name)("strict")
    with source.open() as handle:
        while chunk := handle.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)


def _western(content: bytes) -> bool:
    """Nearly every letter outside ASCII is one that western languages use, and stands beside a letter."""
    text = content.decode("cp1252")
    odd = good = 0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        letter = found.group()
        before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
        if letter in _WESTERN_LETTERS and (before.isalpha() or after.isalpha()):
            # A capital between small letters is how another encoding shows itself.
            odd, good = (odd + 1, good) if letter.isupper() and before.islower() else (odd, good + 1)
        elif letter in _WESTERN_SIGNS and not (before.isalpha() and after.isalpha() and letter not in "’´·"):
            good += 1
        else:
            odd += 1
    return odd * 20 <= good


def _mixture(content: bytes) -> Unreadable:
    line = next(n for n, text in enumerate(content.split(b"\n"), start=1) if not _reads_as_utf8(text))
    return Unreadable(
        "Most of the file is UTF-8, but not all of it.", line=line, mend="Mend that line, or export it again as UTF-8."
    )


def _reads_as_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _ask(content: bytes) -> Question:
    lines = [line[:120].strip() for line in content.split(b"\n")[:2_000]]
    sample = max(lines, key=lambda line: len(_HIGH.findall(line)))
    options = []
    for name in CHOICES:
        try:
            shown = sample.decode(name)
        except UnicodeDecodeError:
            continue
        if all(shown != option.example for option in options):
            options.append(Option(name, name, shown, f"--encoding {name}"))
    return Question("encoding", "Which of these lines shows the letters as they should be?", tuple(options))
