"""`duecourse keys new`: a fresh key for sensitive words; the old ones stay, to read what they sealed."""

from __future__ import annotations

import click

from duecourse.interfaces.cli.start import with_database


@click.group()
def keys() -> None:
    """Keys that seal what customers say of their health and hardship. They live in the data folder, beside no backup of the
    database: keep a copy of the file `sealing_keys` in a safe place of its own."""


@keys.command()
@with_database
def new() -> None:
    """Seal with a fresh key from now on. Running processes see it at once."""
    from duecourse.records.sealing import new_key

    click.echo(f"Done. There are {new_key()} keys now; copy the file sealing_keys again.")
