"""The SMTP channel against a real server: what is known after each way a hand-over can end."""

from __future__ import annotations

import socket
import threading

import pytest

from duecourse.connectors.channels.email import Mail, Outcome, ServerDown, Smtp, build
from tests.actions.sink import smtp_sink


def mail(to: str = "c@mail.example") -> Mail:
    return Mail(
        "<1f.2@localhost>", "Fernleigh, Kitchen & Co", "a@f.example", to, "A note: £5", "Text £5", "<p>Text £5</p>"
    )


def test_a_message_arrives_as_it_was_written():
    with smtp_sink() as (sink, url), Smtp(url) as session:
        assert session.send(mail(), build(mail())) == (Outcome.ACCEPTED, "250")
        assert session.send(mail("d@mail.example"), build(mail("d@mail.example")))[0] is Outcome.ACCEPTED
    got = sink.messages[0]
    assert got.get_content_type() == "multipart/alternative" and sink.delivered[0x1F] == 2
    assert [p.get_payload(decode=True).decode().strip() for p in got.get_payload()] == ["Text £5", "<p>Text £5</p>"]


def test_one_refused_recipient_does_not_stop_the_next():
    with smtp_sink(refuse=frozenset({"bad@mail.example"})) as (sink, url), Smtp(url) as session:
        assert session.send(mail("bad@mail.example"), b"")[0] is Outcome.REFUSED
        assert session.send(mail(), build(mail()))[0] is Outcome.ACCEPTED
    assert sum(sink.delivered.values()) == 1


@pytest.mark.parametrize(
    ("reply", "outcome"), [("451 4.3.0 later", Outcome.NOT_NOW), ("554 5.7.1 spam", Outcome.REFUSED)]
)
def test_the_servers_answer_after_the_content_decides(reply, outcome):
    with smtp_sink(reply=reply) as (_, url), Smtp(url) as session:
        assert session.send(mail(), build(mail()))[0] is outcome


def test_nobody_listening_is_said_before_anything_is_handed_over():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ServerDown), Smtp(f"smtp://127.0.0.1:{port}") as session:
        session.send(mail(), b"")


def conversation(lines: list[bytes]):
    """A server that answers these lines in turn (waiting for input between them), then hangs up. Returns its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def talk():
        peer, _ = server.accept()
        with peer, server:
            for line in lines:
                peer.sendall(line)
                if not peer.recv(65536):
                    return

    threading.Thread(target=talk, daemon=True).start()
    return f"smtp://127.0.0.1:{server.getsockname()[1]}"


GREETING = [b"220 x\r\n", b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"]


def test_a_connection_lost_after_the_content_leaves_doubt():
    with Smtp(conversation(GREETING)) as session:
        assert session.send(mail(), b"Subject: x\r\n\r\nx")[0] is Outcome.UNKNOWN


def test_a_connection_lost_before_the_content_leaves_none():
    with Smtp(conversation(GREETING[:3])) as session:
        assert session.send(mail(), b"")[0] is Outcome.NOT_NOW


def test_a_server_that_hangs_is_given_up_with_doubt_only_after_the_content():
    slow = socket.create_server(("127.0.0.1", 0))
    with slow, pytest.raises(ServerDown), Smtp(f"smtp://127.0.0.1:{slow.getsockname()[1]}", timeout=0.3) as session:
        session.send(mail(), b"")
