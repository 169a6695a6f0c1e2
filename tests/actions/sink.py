"""A mail server that keeps what it takes: aiosmtpd, written by others, on loopback."""

from __future__ import annotations

import email
import socket
from collections import Counter
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Sink:
    """Counts deliveries by outbox id (the first part of our Message-ID) and refuses whom it is told to."""

    def __init__(self, refuse: frozenset[str] = frozenset(), reply: str = "250 OK"):
        self.delivered: Counter[int] = Counter()
        self.messages: list[email.message.Message] = []
        self.refuse = refuse
        self.reply = reply

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content)
        self.messages.append(message)
        self.delivered[int(message["Message-ID"].strip("<>").split(".")[0], 16)] += 1
        return self.reply


@contextmanager
def smtp_sink(**how):
    """(sink, url) of a running server."""
    sink = Sink(**how)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
