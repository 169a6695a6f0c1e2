"""`duecourse migrate`: brings the database to this version. Every command does so itself; this one only says it."""

from __future__ import annotations

import click

from duecourse.interfaces.cli.start import database


@click.command()
def migrate() -> None:
    """Bring the database to this version."""
    with database():
        click.echo("The database is up to date.")
