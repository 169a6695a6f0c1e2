"""The dashboard's e-mail, looked at by the worker once an hour."""

from __future__ import annotations

import time

import click

SECONDS = 3600.0


class MailBeside:
    """One look at a time, in the worker's own thread: there are few on the staff."""

    def __init__(self) -> None:
        self._next = 0.0

    def tick(self) -> None:
        """Send what is due, where an hour has passed. A mail server that is down is said, and stops nothing."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + SECONDS
        from django.conf import settings

        from duecourse.actions.mail_dashboard import mail_dashboards
        from duecourse.interfaces.cli.day import ZONE
        from duecourse.interfaces.insight.letter import letter
        from duecourse.site.clock import now

        here = now()
        try:
            mail_dashboards(
                lambda user: letter(user, now=here, base_url=settings.BASE_URL),
                today=here.astimezone(ZONE).date(), sender=settings.MAIL_FROM,
            )  # fmt: skip
        except OSError as error:
            click.echo(f"The dashboard's e-mail could not go: {type(error).__name__}.", err=True)
