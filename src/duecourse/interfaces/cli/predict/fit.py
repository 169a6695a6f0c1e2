"""`duecourse predict fit`: learn from the book. The model lies on the shelf until a second person approves it."""

from __future__ import annotations

import getpass
import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from duecourse.interfaces.cli.start import with_database

if TYPE_CHECKING:
    from duecourse.core.predict.invoices import Invoices

BACK_TEST_DAYS = 120
"""The back test learns before this many days ago, and is judged by what fell due since and had two months to be paid."""
TIME_TO_PAY = 60


@click.command()
@click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="What was known on this day; today if left out."
)
@click.option("--creditor", metavar="NAME", help="Only this creditor's book.")
@click.option("--by", "fitted_by", default=getpass.getuser, metavar="NAME", help="Who fits it; you if left out.")
@click.option("--json", "as_json", is_flag=True, help="The model card as one JSON object.")
@with_database
def fit(as_of: datetime | None, creditor: str | None, fitted_by: str, as_json: bool) -> None:
    """Learn when invoices are paid, from all that was settled. Writes a model and its card."""
    from duecourse.actions import keep_models
    from duecourse.core.predict.book import fit_book
    from duecourse.core.predict.card import card_text, make_card
    from duecourse.core.predict.invoices import Invoices
    from duecourse.core.predict.model_file import write_model
    from duecourse.interfaces.cli.creditor import creditor_ids
    from duecourse.interfaces.cli.predict.shelf import folder
    from duecourse.records.invoices_asof import invoices_asof
    from duecourse.site.clock import now

    day = as_of.date() if as_of else now().astimezone().date()
    frame = invoices_asof(day, creditors=creditor_ids(creditor))
    book = Invoices.of(frame)
    model = fit_book(book, until=day)
    data = {
        "invoices": frame.height,
        "customers": frame["customer"].n_unique(),
        "settled": frame.height - frame["settled"].null_count(),
        "currencies": sorted(frame["currency"].unique().to_list()),
    }
    card = make_card(
        model,
        learned_until=day.isoformat(),
        fitted_at=now().isoformat(timespec="seconds"),
        fitted_by=fitted_by,
        data=data,
        back_test=_back_test(book, day),
    )
    text = write_model(model, card)
    name = f"payment-date-{day.isoformat()}-{json.loads(text)['digest'][:8]}"
    keep_models.put(folder(creditor), name, text, card_text(card))
    click.echo(
        json.dumps({"model": name, **card}) if as_json else f"{card_text(card)}\nModel: {name}\n{_next(card, name)}"
    )


def _back_test(book: Invoices, day: date) -> dict[str, Any] | None:
    """The errors of a forecast made without knowing the last months, on invoices that have had time to be paid."""
    import numpy as np

    from duecourse.core.predict.evaluate import evaluate
    from duecourse.core.predict.invoices import NEVER, day_number

    split = day - timedelta(days=BACK_TEST_DAYS)
    judged = (book.due >= day_number(split)) & (book.due < day_number(day) - TIME_TO_PAY) & (book.settled < NEVER)
    if not np.count_nonzero(judged):
        return None
    found = evaluate(book, split=day_number(split), known_days=7, until=day_number(day) - TIME_TO_PAY)
    return {"split_date": split.isoformat(), **found.report}


def _next(card: dict[str, Any], name: str) -> str:
    return f"A second person reads this card, then runs: duecourse predict approve {name} --by NAME --why TEXT"
