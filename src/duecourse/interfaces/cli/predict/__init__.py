"""`duecourse predict`: the forecast of payment dates."""

from __future__ import annotations

import click

from duecourse.interfaces.cli.predict.evaluate import evaluate


@click.group()
def predict() -> None:
    """Fit or evaluate the forecast of payment dates."""


predict.add_command(evaluate)
