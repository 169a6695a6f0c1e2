"""`duecourse receive`: take in mail, from files, a mail server's pipe or a maildir: replies, reports, complaints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from duecourse.interfaces.cli.start import with_database


@click.command()
@click.argument("files", nargs=-1, type=click.File("rb"))
@click.option(
    "--maildir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take all of new/ in this maildir, then move it to cur/. What cannot be read stays.",
)
@with_database
def receive(files: tuple[BinaryIO, ...], maildir: Path | None) -> None:
    """Take in mail (FILE, - for a pipe, or a maildir): a reply pauses chasing and reaches a person, a bounce ends an
    address, a receipt clears a message in doubt. The same mail again changes nothing."""
    if not files and maildir is None:
        raise click.UsageError("Name a file, - for a pipe, or --maildir.")
    left = sum(not _take(name, content) for name, content in _given(files))
    if maildir is not None:
        left += _take_folder(maildir)
    if left:
        raise SystemExit(1)


def _given(files: tuple[BinaryIO, ...]) -> Iterator[tuple[str, bytes]]:
    from duecourse.connectors.channels.inbound_mail import MOST_BYTES

    for file in files:
        yield file.name, file.read(MOST_BYTES + 1)


def _take_folder(maildir: Path) -> int:
    """How many were left. A mail is moved once it is committed, so a kill takes it in again, which changes nothing."""
    left = 0
    (maildir / "cur").mkdir(exist_ok=True)
    for path in sorted((maildir / "new").iterdir()):
        if _take(path.name, path.read_bytes()):
            path.rename(maildir / "cur" / f"{path.name}:2,S")
        else:
            left += 1
    return left


def _take(name: str, content: bytes) -> bool:
    """Take one in and say what it was; False where it was left alone."""
    from duecourse.actions.hear_receipt import UnknownMessage
    from duecourse.actions.receive_mail import receive_mail
    from duecourse.connectors.channels.inbound_mail import Unreadable
    from duecourse.site.clock import now

    try:
        found = receive_mail(content, said_by="mail server", now=now())
    except Unreadable as error:
        click.echo(f"{name}: left alone, since {error}.", err=True)
        return False
    except UnknownMessage:
        click.echo(f"{name}: left alone, since no message of ours has that Message-ID.", err=True)
        return False
    if isinstance(found, tuple):
        report, state = found
        click.echo(f"{name}: {report.kind} {report.status}. The message is {state} now.")
        return True
    for taken in found:
        # Labels say what kind of words came; the words themselves go to nobody's terminal.
        what = ", ".join(taken.inbound.labels) if taken.new else "had it already"
        click.echo(f"{name}: {what}.")
    return True
