"""A mail as it came → who wrote it, what it answers, what it says, what hangs on it. Whatever it is, it is read or said to be
unreadable: HTML only, wrong charsets, Outlook's winmail.dat, calendar invites, absence notes, megabytes of quoted thread.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from duecourse.connectors.channels.page_text import page_text
from duecourse.connectors.channels.winmail import winmail

MOST_BYTES = 30 * 1024 * 1024
MOST_TEXT = 200_000
"""Characters of text that are read; the rest is a quoted thread."""
MOST_FILES, MOST_FILE_BYTES, MOST_ALL_BYTES = 20, 10 * 1024 * 1024, 25 * 1024 * 1024
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_NEVER = {"application/x-msdownload", "application/x-sh", "application/x-dosexec", "application/java-archive"}
_RISKY = re.compile(r"\.(?:exe|com|scr|pif|bat|cmd|js|jse|vbs|vbe|wsf|msi|jar|ps1|lnk|hta|iso|img)$", re.IGNORECASE)


class Unreadable(ValueError):
    """The mail cannot be taken in; says why."""


@dataclass(frozen=True)
class File:
    """An attachment. `content` is empty where it is not kept; `why` then says why."""

    name: str
    media_type: str
    size: int
    sha256: str
    content: bytes
    why: str = ""


@dataclass(frozen=True)
class MailIn:
    """`message_id` is made from the bytes where there is none, so that the same mail twice is one."""

    message_id: str
    answers: tuple[str, ...]
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    automatic: bool
    trimmed: bool
    files: tuple[File, ...]


def parse(content: bytes) -> MailIn:
    """Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("the mail is larger than 30 MB")
    message = email.message_from_bytes(content, policy=email.policy.default)
    sender = _addresses(message, "From")[:1]
    if not sender:
        raise Unreadable("it does not say who wrote it")
    files = tuple(_files(message))
    text = _text(message) or "\n".join(winmail(f.content) for f in files if _is_winmail(f.name, f.media_type)).strip()
    own_id = _MESSAGE_ID.search(_header(message, "Message-ID"))
    return MailIn(
        message_id=own_id[0] if own_id else f"<{hashlib.sha256(content).hexdigest()[:32]}@no-id>",
        answers=tuple(dict.fromkeys(_MESSAGE_ID.findall(f"{_header(message, 'References')} {_header(message, 'In-Reply-To')}")))[-50:],
        sender=sender[0],
        recipients=tuple(_addresses(message, "Delivered-To", "X-Original-To", "To", "Cc"))[:20],
        subject=" ".join(_header(message, "Subject").split())[:500],
        text=text[:MOST_TEXT],
        automatic=_automatic(message),
        trimmed=len(text) > MOST_TEXT,
        files=files,
    )  # fmt: skip


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, LookupError, AttributeError, TypeError):
        return ""  # a header that the parser of the standard library stumbles over says nothing


def _addresses(message: EmailMessage, *names: str) -> list[str]:
    raw = [header for name in names for header in (_header(message, name),) if header]
    return [
        address for _, address in email.utils.getaddresses(raw) if re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,255}", address)
    ]


def _automatic(message: EmailMessage) -> bool:
    """A machine wrote it: RFC 3834, and what machines wrote before it."""
    said = _header(message, "Auto-Submitted").strip().lower()
    return (
        said not in ("", "no")
        or _header(message, "Precedence").strip().lower() in ("bulk", "auto_reply", "junk", "list")
        or any(
            _header(message, name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "List-Id")
        )
        or _header(message, "Return-Path").strip() == "<>"
    )


def _text(message: EmailMessage) -> str:
    """The plain part where it says something, else the words of the HTML."""
    parts = [part for part in _leaves(message) if not _is_file(part)]
    plain = "\n".join(_decoded(part) for part in parts if part.get_content_type() == "text/plain").strip()
    if plain:
        return plain
    return "\n".join(page_text(_decoded(part)) for part in parts if part.get_content_type() == "text/html").strip()


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number > 200:
            return
        if not part.is_multipart():
            yield part


def _is_file(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text" or part.get_content_subtype() not in (
        "plain", "html",
    )  # fmt: skip


def _decoded(part: EmailMessage) -> str:
    """The text whatever its header claims: the named charset, else UTF-8, else Windows-1252."""
    raw = part.get_payload(decode=True) or b""
    for charset in (part.get_content_charset(), "utf-8"):
        try:
            return raw.decode(charset or "utf-8").replace("\x00", "").replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("cp1252", "replace").replace("\x00", "").replace("\r\n", "\n")


def _files(message: EmailMessage) -> Iterator[File]:
    total = 0
    for number, part in enumerate(part for part in _leaves(message) if _is_file(part)):
        raw = part.get_payload(decode=True) or b""
        name = re.sub(r"[\x00-\x1f/\\]", "_", _file_name(part))[:120] or "attachment"
        media = part.get_content_type()
        why = (
            "there were more than 20" if number >= MOST_FILES
            else "it is larger than 10 MB" if len(raw) > MOST_FILE_BYTES
            else "the mail held more than 25 MB" if total + len(raw) > MOST_ALL_BYTES
            else "a program is never kept" if media in _NEVER or _RISKY.search(name) or raw[:2] == b"MZ"
            else ""
        )  # fmt: skip
        total += 0 if why else len(raw)
        yield File(name, media, len(raw), hashlib.sha256(raw).hexdigest(), b"" if why else raw, why)


def _file_name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _is_winmail(name: str, media: str) -> bool:
    return media in ("application/ms-tnef", "application/vnd.ms-tnef") or name.lower() == "winmail.dat"
