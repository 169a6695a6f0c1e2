"""`duecourse live`: the deliberate act that lets messages leave this machine."""

from __future__ import annotations

import getpass

import click

from duecourse.interfaces.cli.start import with_database
from duecourse.site.trouble import Trouble


@click.command()
@click.option("--stop", is_flag=True, help="Back to the sandbox: nothing leaves from now on.")
@click.option("--why", prompt="Why", help="Kept with who and when.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@with_database
def live(stop: bool, why: str, yes: bool) -> None:
    """Let messages leave this machine, or stop them."""
    from django.conf import settings

    from duecourse.actions.go_live import set_mode
    from duecourse.connectors.channels.email import ServerDown, Smtp
    from duecourse.site.clock import now

    if not stop:
        if not settings.SMTP_URL:
            raise Trouble("No mail server is named.", "Set DUECOURSE_SMTP_URL=smtp://user:password@host:port first.")
        try:
            with Smtp(settings.SMTP_URL) as session:
                session.open()
        except (ServerDown, ValueError) as error:
            raise Trouble(f"The mail server does not answer ({error}).", "Check DUECOURSE_SMTP_URL.") from None
        if not yes:
            click.confirm("Real customers will get real messages. Go live?", abort=True)
    set_mode(live=not stop, who=getpass.getuser(), why=why, now=now())
    click.echo("Sandbox: nothing leaves this machine." if stop else "Live: due messages leave with the next batch.")
