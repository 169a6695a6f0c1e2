"""Where messages go: the sandbox, until somebody goes live on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from duecourse.actions.text_providers import text_providers
from duecourse.actions.transport import Live, Sandbox, Transport
from duecourse.connectors.channels.email import Smtp
from duecourse.records.reads.sending import is_live


class NotReady(RuntimeError):
    """We are live and cannot send; the message says what is missing."""


@contextmanager
def transport() -> Iterator[Transport]:
    """The transport of this installation. Raises NotReady where it is live without any way to send."""
    if not is_live():
        yield Sandbox()
        return
    texts = next(iter(text_providers().values()), None)
    if not settings.SMTP_URL:
        if texts is None:
            raise NotReady("sending is live, but DUECOURSE_SMTP_URL names no mail server")
        yield Live(texts=texts)
        return
    with Smtp(settings.SMTP_URL) as session:
        yield Live(mail=session, texts=texts)
