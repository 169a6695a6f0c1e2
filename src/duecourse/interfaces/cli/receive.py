"""`duecourse receive`: take delivery reports, from files or from a mail server's pipe."""

from __future__ import annotations

from typing import BinaryIO

import click

from duecourse.interfaces.cli.start import with_database


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.File("rb"))
@with_database
def receive(files: tuple[BinaryIO, ...]) -> None:
    """Take mails that came back (FILE or - for a pipe): a receipt clears a message in doubt, a bounce ends an address."""
    from duecourse.actions.hear_receipt import UnknownMessage, hear
    from duecourse.connectors.channels.delivery_report import MOST_BYTES, NotAReport, parse
    from duecourse.site.clock import now

    left = 0
    for file in files:
        try:
            report = parse(file.read(MOST_BYTES + 1))
            state = hear(report, said_by="mail server", now=now())
            click.echo(f"{file.name}: {report.kind} {report.status}. The message is {state} now.")
        except NotAReport as error:
            left += 1
            click.echo(f"{file.name}: left alone, since {error}.", err=True)
        except UnknownMessage:
            left += 1
            click.echo(f"{file.name}: left alone, since no message of ours has that Message-ID.", err=True)
    if left:
        raise SystemExit(1)
