"""`duecourse predict receipts`: what should come in each week, and how far off that would have been."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from duecourse.interfaces.cli.start import with_database
from duecourse.site.trouble import Trouble

if TYPE_CHECKING:
    import polars as pl

    from duecourse.core.predict.model import Model


@click.command()
@click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="What is known on this day; today if left out."
)
@click.option("--weeks", type=click.IntRange(1, 52), default=8, show_default=True)
@click.option("--creditor", metavar="NAME", help="Only this creditor's book.")
@click.option("--model", metavar="NAME", help="A model that is not approved yet, to try it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_database
def receipts(as_of: datetime | None, weeks: int, creditor: str | None, model: str | None, as_json: bool) -> None:
    """Print what should come in each week from the invoices that are open now.

    Beside it: the same forecast made so many weeks ago, and its error against what came.
    """
    from duecourse.core.predict.book import fit_book
    from duecourse.core.predict.invoices import Invoices
    from duecourse.core.predict.model import SILENT
    from duecourse.core.predict.receipts import receipts_error
    from duecourse.interfaces.cli.creditor import creditor_ids
    from duecourse.interfaces.cli.predict.shelf import folder, load, newest_approved
    from duecourse.records.invoices_asof import invoices_asof
    from duecourse.site.clock import now

    shelf = folder(creditor)
    used, _ = load(shelf, model or newest_approved(shelf))
    if used.days_by == SILENT:
        raise Trouble("Not enough data to forecast receipts yet.", "Fit again once 30 invoices were settled.")
    day = as_of.date() if as_of else now().astimezone().date()
    frame = invoices_asof(day, creditors=creditor_ids(creditor))
    told = _told(frame, used, day, weeks)
    then = day - timedelta(days=7 * weeks)
    # Fitted anew on what was known then: a model of today has seen what came.
    before = fit_book(Invoices.of(frame), until=then)
    errors = None if before.days_by == SILENT else receipts_error(_told(frame, before, then, weeks), _came(frame, then))
    if as_json:
        rows = [{**row, "week": row["week"].isoformat()} for row in told.to_dicts()]
        click.echo(
            json.dumps(
                {"as_of": day.isoformat(), "weeks": rows, "back_test": None if errors is None else errors.to_dicts()}
            )
        )
    else:
        _table(told, errors)


def _told(frame: pl.DataFrame, model: Model, day: date, weeks: int) -> pl.DataFrame:
    import polars as pl

    from duecourse.core.predict.book import forecast_open, open_rows
    from duecourse.core.predict.invoices import Invoices
    from duecourse.core.predict.receipts import receipts as forecast_receipts

    book = Invoices.of(frame)
    rows = open_rows(book, day)
    _, forecast = forecast_open(book, model, rows, day)
    known = frame[rows.tolist()]
    # What is open today is known; of an earlier day, the whole amount of what was not settled by then.
    amount = pl.when(pl.col("settled").is_null()).then("open").otherwise("amount").cast(pl.Float64)
    amounts = known.select(amount).to_series().to_numpy()
    return forecast_receipts(
        forecast, known["due"].to_list(), amounts, known["currency"], known["customer"], today=day, weeks=weeks
    )


def _came(frame: pl.DataFrame, then: date) -> pl.DataFrame:
    """What was settled since, by week, of invoices that were out by then."""
    import polars as pl

    out = frame.filter((pl.col("issued") <= then) & (pl.col("settled") >= then))
    week = (pl.col("settled") - pl.lit(then)).dt.total_days() // 7
    return (
        out.with_columns(week=pl.lit(then) + pl.duration(days=week * 7))
        .group_by("currency", "week")
        .agg(pl.col("amount").sum())
    )


def _table(told: pl.DataFrame, errors: pl.DataFrame | None) -> None:
    from rich.console import Console
    from rich.table import Table

    from duecourse.interfaces.money import Money

    table = Table(title="Receipts expected from open invoices", title_justify="left")
    for name in ("Week from", "Currency", "Expected", "Eight in ten weeks between"):
        table.add_column(name)
    for row in told.iter_rows(named=True):
        low, middle, high = (str(Money(row[part], row["currency"])) for part in ("low", "expected", "high"))
        table.add_row(row["week"].isoformat(), row["currency"], middle, f"{low} and {high}")
    Console().print(table)
    for row in () if errors is None else errors.iter_rows(named=True):
        missed = "no error to count" if row["error"] is None else f"wrong by {row['error']:.0%} of what came"
        click.echo(f"{row['currency']}: made {row['weeks']} weeks ago, this forecast was {missed}.")
