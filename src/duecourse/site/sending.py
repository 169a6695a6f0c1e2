"""Where messages go: the sandbox, until somebody goes live on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from duecourse.actions.send import Sandbox, Transport
from duecourse.connectors.channels.email import Smtp
from duecourse.records.reads.sending import is_live


class NotReady(RuntimeError):
    """We are live and cannot send; the message says what is missing."""


class LiveSmtp(Smtp):
    sandbox = False


@contextmanager
def transport() -> Iterator[Transport]:
    """The transport of this installation. Raises NotReady where it is live without a mail server."""
    if not is_live():
        yield Sandbox()
        return
    if not settings.SMTP_URL:
        raise NotReady("sending is live, but DUECOURSE_SMTP_URL names no mail server")
    with LiveSmtp(settings.SMTP_URL) as session:
        yield session
