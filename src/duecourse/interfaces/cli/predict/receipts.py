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
    from duecourse.core.predict.weeks import weeks_of
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
    told = weeks_of(frame, used, today=day, weeks=weeks)
    then = day - timedelta(days=7 * weeks)
    # Fitted anew on what was known then: a model of today has seen what came.
    before = fit_book(Invoices.of(frame), until=then)
    errors = (
        None
        if before.days_by == SILENT
        else receipts_error(weeks_of(frame, before, today=then, weeks=weeks), _came(frame, then))
    )
    if as_json:
        rows = [{**row, "week": row["week"].isoformat()} for row in told.to_dicts()]
        click.echo(
            json.dumps(
                {"as_of": day.isoformat(), "weeks": rows, "back_test": None if errors is None else errors.to_dicts()}
            )
        )
    else:
        _table(told, errors)


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
