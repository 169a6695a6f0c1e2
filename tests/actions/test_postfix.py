"""A bounce as Debian's postfix really writes it: accepted by SMTP, found undeliverable, and sent back to us."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from duecourse.actions.receive_mail import receive_mail
from duecourse.actions.transport import Live
from duecourse.connectors.channels.email import Smtp
from duecourse.records.models import ContactPoint, Message, Outbox, Reminder, Task
from tests import making
from tests.actions.test_send import only, work

POSTFIX = "/usr/sbin/postfix"
pytestmark = [
    pytest.mark.usefixtures("book"),
    pytest.mark.timeout(180),
    pytest.mark.skipif(
        not Path(POSTFIX).exists() or os.geteuid() != 0,
        reason="postfix is missing, or we are not root: sudo apt-get install --no-install-recommends postfix",
    ),
]

MAIN = """
compatibility_level = 3.6
queue_directory = {root}/spool
data_directory = {root}/data
maillog_file = {root}/log
maillog_file_prefixes = {root}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.theirs.test
mydestination = theirs.test
local_recipient_maps =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = ours.test
virtual_mailbox_base = {root}/mail
virtual_mailbox_maps = static:accounts/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtputf8_enable = no
"""
"""Every address at theirs.test is taken and most turn out to be nobody's; ours.test is one maildir: where bounces come."""


@contextmanager
def postfix():
    """(address of its SMTP, the maildir that bounces come to)."""
    root = Path(tempfile.mkdtemp(prefix="duecourse-postfix-"))
    root.chmod(0o755)  # its parts run as other users
    nobody, owner = pwd.getpwnam("nobody"), pwd.getpwnam("postfix")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for name in ("conf", "spool", "data", "mail"):
        (root / name).mkdir(mode=0o755)
    os.chown(root / "data", owner.pw_uid, owner.pw_gid)
    os.chown(root / "mail", nobody.pw_uid, nobody.pw_gid)
    (root / "conf" / "main.cf").write_text(MAIN.format(root=root, uid=nobody.pw_uid, gid=nobody.pw_gid))
    lines = Path("/usr/share/postfix/master.cf.dist").read_text().splitlines()
    lines = [f"127.0.0.1:{port} inet n - n - - smtpd" if line.startswith("smtp      inet") else line for line in lines]
    # Not in a chroot of its own, which would need copies of the system's files.
    lines = [
        line.replace("       y       ", "       n       ", 1) if not line.startswith("#") else line for line in lines
    ]
    (root / "conf" / "master.cf").write_text("\n".join(lines) + "\n")
    run = lambda word: subprocess.run(  # noqa: E731
        [POSTFIX, "-c", str(root / "conf"), word], check=word == "start", capture_output=True, timeout=60
    )
    try:
        run("start")
        yield f"smtp://127.0.0.1:{port}", root / "mail" / "accounts"
    finally:
        run("stop")
        shutil.rmtree(root, ignore_errors=True)


def test_a_genuine_bounce_ends_the_address_frees_the_step_and_calls_a_person(tmp_path):
    making.creditor(email="accounts@ours.test")
    making.customer(email="no-such-user-4711@theirs.test")
    making.run_day(tmp_path)
    with postfix() as (url, maildir):
        with Smtp(url) as session:
            sent = work(tmp_path, Live(mail=session))
        assert sent.counts["accepted"] == 1 and only(Outbox).state == "sent", "the server took it at first"
        deadline = time.monotonic() + 60
        while not (found := list(maildir.glob("new/*"))) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(found) == 1, "postfix sent nothing back"
        content = found[0].read_bytes()
    assert only(Message).message_id.encode() in content
    report, state = receive_mail(content, said_by="postfix", now=making.NOW)
    assert (report.kind, report.status, state) == ("bounced", "5.1.1", "failed")
    assert (only(ContactPoint).ended_why, only(Reminder).void, only(Task).kind) == (
        "bounced 5.1.1",
        True,
        "bad_address",
    )
