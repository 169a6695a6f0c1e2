"""`duecourse predict`: the forecast of payment dates."""

from __future__ import annotations

import click

from duecourse.interfaces.cli.predict.approve import approve, card
from duecourse.interfaces.cli.predict.evaluate import evaluate
from duecourse.interfaces.cli.predict.fit import fit
from duecourse.interfaces.cli.predict.outlook import outlook
from duecourse.interfaces.cli.predict.receipts import receipts


@click.group()
def predict() -> None:
    """Fit or evaluate the forecast of payment dates."""


for command in (evaluate, fit, approve, card, outlook, receipts):
    predict.add_command(command)
