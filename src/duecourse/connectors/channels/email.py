"""E-mail: one MIME message, one hand-over to an SMTP server. The channel is keyless: SMTP honours no key.

Verbs: `build`, `Smtp.send`. `send` says what is known afterwards: accepted, refused for good, not now, or unknown.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from types import TracebackType
from urllib.parse import unquote, urlsplit

_POLICY = SMTP.clone(cte_type="8bit")


class Outcome(StrEnum):
    """What is known after a hand-over."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # the server will never take it
    NOT_NOW = "not_now"  # certainly not sent; may be tried again
    UNKNOWN = "unknown"  # perhaps sent: never tried again blindly


@dataclass(frozen=True)
class Mail:
    """What is handed over. `to` is one address."""

    message_id: str
    from_name: str
    from_address: str
    to: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    unsubscribe_url: str = ""


class BadAddress(ValueError):
    """An address that no message can be built for."""


def build(mail: Mail) -> bytes:
    """The MIME bytes. Raises BadAddress: line breaks and other tricks in headers are refused, never passed on.

    >>> b"Subject: Hello" in build(Mail("<1@x.example>", "A", "a@x.example", "b@y.example", "Hello", "t", "<p>t</p>"))
    True
    """
    message = EmailMessage(policy=_POLICY)
    try:
        message["From"] = Address(mail.from_name, addr_spec=mail.from_address)
        message["To"] = Address(addr_spec=mail.to)
        message["Subject"] = mail.subject
        message["Message-ID"] = mail.message_id
        if mail.reply_to:
            message["Reply-To"] = Address(addr_spec=mail.reply_to)
    except (ValueError, IndexError, TypeError):
        raise BadAddress("the address or a header cannot be written in a mail") from None
    if mail.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


class ServerDown(ConnectionError):
    """The SMTP server cannot be reached or does not let us in; nothing was sent."""


class Smtp:
    """A session with one server: `smtp://user:password@host:port`, `smtps://` for TLS from the start, `?starttls=1`."""

    def __init__(self, url: str, *, timeout: float = 20.0) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("the SMTP address must look like smtp://user:password@host:port")
        self._parts = parts
        self._timeout = timeout
        self._session: smtplib.SMTP | None = None

    def __enter__(self) -> Smtp:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Connect where there is no session. Raises ServerDown."""
        if self._session is not None:
            return
        host, port = self._parts.hostname or "", self._parts.port
        try:
            if self._parts.scheme == "smtps":
                session: smtplib.SMTP = smtplib.SMTP_SSL(
                    host, port or 465, timeout=self._timeout, context=ssl.create_default_context()
                )
            else:
                session = smtplib.SMTP(host, port or 25, timeout=self._timeout)
                if "starttls=1" in self._parts.query:
                    session.starttls(context=ssl.create_default_context())
            session.ehlo_or_helo_if_needed()
            if self._parts.username:
                session.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        except (OSError, smtplib.SMTPException) as error:
            raise ServerDown(type(error).__name__) from None
        self._session = session

    def send(self, mail: Mail, content: bytes) -> tuple[Outcome, str]:
        """Hand over; returns what is known and the server's own words, without addresses. Raises ServerDown."""
        self.open()
        session = self._session
        assert session is not None
        try:
            code, words = session.mail(mail.from_address)
            if code == 250:
                code, words = session.rcpt(mail.to)
            if code not in (250, 251):
                session.rset()
                return self._refusal(code, words)
        except (OSError, smtplib.SMTPException):
            self._drop()
            return Outcome.NOT_NOW, "the connection was lost before the message was handed over"
        try:
            code, words = session.data(content)
        except smtplib.SMTPDataError as error:
            # The server answered the DATA command itself with a refusal: no content was given.
            self._drop()
            return self._refusal(error.smtp_code, _bytes(error.smtp_error))
        except (OSError, smtplib.SMTPException):
            self._drop()
            return Outcome.UNKNOWN, "the connection was lost after the message was handed over"
        if code == 250:
            return Outcome.ACCEPTED, f"{code}"
        return self._refusal(code, words)

    def _refusal(self, code: int, words: bytes) -> tuple[Outcome, str]:
        if code == 421:
            self._drop()
        enhanced = words.split(b" ", 1)[0].decode("ascii", "replace")
        detail = f"{code} {enhanced}" if enhanced.count(".") == 2 else f"{code}"
        return (Outcome.REFUSED if 500 <= code < 600 else Outcome.NOT_NOW), detail

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    def close(self) -> None:
        """Say goodbye; harmless when already closed."""
        if self._session is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._session.quit()
            self._session = None


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()
