"""`duecourse predict approve` and `card`: a second person lets a model be used, and what everybody can read of it."""

from __future__ import annotations

import getpass
import json

import click

from duecourse.interfaces.cli.start import with_database
from duecourse.site.trouble import Trouble


@click.command()
@click.argument("model")
@click.option("--by", "by", default=getpass.getuser, metavar="NAME", help="Who approves; you if left out.")
@click.option("--why", required=True, help="Why it may be used. Kept with who and when.")
@click.option("--creditor", metavar="NAME", help="The creditor whose book it was fitted on.")
@with_database
def approve(model: str, by: str, why: str, creditor: str | None) -> None:
    """Let a model be used. It takes somebody else than the person who fitted it."""
    from duecourse.actions import keep_models
    from duecourse.core.predict.promotion import PromotionRefused
    from duecourse.interfaces.cli.predict.shelf import folder, load
    from duecourse.site.clock import now

    shelf = folder(creditor)
    _, card = load(shelf, model)
    at = now().isoformat(timespec="seconds")
    try:
        row = keep_models.approve(shelf, model, fitted_by=card["fitted_by"], by=by, why=why, at=at)
    except PromotionRefused as error:
        raise Trouble(str(error)) from error
    click.echo(f"{row['model']} is in use. Fitted by {row['fitted_by']}, approved by {row['approved_by']}.")


@click.command()
@click.argument("model", required=False)
@click.option("--creditor", metavar="NAME", help="The creditor whose book it was fitted on.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_database
def card(model: str | None, creditor: str | None, as_json: bool) -> None:
    """Print a model's card; that of the model in use where none is named."""
    from duecourse.core.predict.card import card_text
    from duecourse.interfaces.cli.predict.shelf import folder, load, newest_approved

    shelf = folder(creditor)
    name = model or newest_approved(shelf)
    _, found = load(shelf, name)
    click.echo(json.dumps({"model": name, **found}) if as_json else card_text(found))
