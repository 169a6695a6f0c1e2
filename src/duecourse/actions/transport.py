"""Where messages go: one carrier a channel, or the sandbox, which keeps them for the outbox page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from duecourse.connectors.channels.email import Mail, Outcome
from duecourse.connectors.channels.sms.text import Text

Outgoing = Mail | Text


class Carrier(Protocol):
    """What takes messages of one channel: an SMTP session, a provider of texts."""

    def send(self, mail: Mail, content: bytes) -> tuple[Outcome, str]:
        """Raises ServerDown where nothing can be handed over now."""


class Transport(Protocol):
    """`channels` are claimed; the rest waits. `text_sender` is what a phone shows; empty: the creditor's name."""

    sandbox: bool
    channels: tuple[str, ...]
    text_sender: str

    def send(self, mail: Outgoing, content: bytes) -> tuple[Outcome, str]:
        """Raises ServerDown where nothing of that kind can be handed over now."""

    def key_life(self, channel: str) -> timedelta | None:
        """For how long the provider knows a message by its key again; None: it honours no keys."""


class OneChannel:
    """A transport of mail alone, without keys: the base of small transports."""

    sandbox = False
    channels: tuple[str, ...] = ("email",)
    text_sender = ""

    def key_life(self, channel: str) -> timedelta | None:
        return None


class Sandbox(OneChannel):
    """Nothing leaves the machine: the message is kept as rendered, and counts as accepted."""

    sandbox = True
    channels = ("email", "sms")

    def send(self, mail: Outgoing, content: bytes) -> tuple[Outcome, str]:
        return Outcome.ACCEPTED, "sandbox"


class Texts(Protocol):
    """A provider of texts, as `connectors.channels.sms` has them."""

    sender: str
    key_hours: int

    def send(self, text: Text) -> tuple[Outcome, str]: ...


@dataclass(frozen=True)
class Live:
    """Mail by one carrier, texts by another; either may be missing."""

    mail: Carrier | None = None
    texts: Texts | None = None
    sandbox: bool = False

    @property
    def channels(self) -> tuple[str, ...]:
        there: Mapping[str, object] = {"email": self.mail, "sms": self.texts}
        return tuple(channel for channel, carrier in there.items() if carrier is not None)

    @property
    def text_sender(self) -> str:
        return self.texts.sender if self.texts else ""

    def send(self, mail: Outgoing, content: bytes) -> tuple[Outcome, str]:
        if isinstance(mail, Text):
            assert self.texts is not None
            return self.texts.send(mail)
        assert self.mail is not None
        return self.mail.send(mail, content)

    def key_life(self, channel: str) -> timedelta | None:
        hours = self.texts.key_hours if channel == "sms" and self.texts else 0
        # A margin: whether a key is still known is not asked in its last minutes.
        return timedelta(hours=hours) - timedelta(minutes=5) if hours else None
