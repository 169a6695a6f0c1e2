"""`duecourse predict outlook`: when each open invoice is expected, why, early warnings, and receipts by week."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import click

from duecourse.interfaces.cli.start import with_database

if TYPE_CHECKING:
    import polars as pl


@click.command()
@click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="What is known on this day; today if left out."
)
@click.option("--creditor", metavar="NAME", help="Only this creditor's book.")
@click.option("--model", metavar="NAME", help="A model that is not approved yet, to try it; nothing is decided by it.")
@click.option("--warnings", "only_warned", is_flag=True, help="Only invoices with an early warning.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@with_database
def outlook(as_of: datetime | None, creditor: str | None, model: str | None, only_warned: bool, as_json: bool) -> None:
    """Print when each open invoice is expected to be paid, and what warns of a late one before it is due."""
    import polars as pl

    from duecourse.core.predict.book import outlook as look
    from duecourse.core.predict.invoices import Invoices
    from duecourse.core.predict.signals import EVENTS
    from duecourse.interfaces.cli.creditor import creditor_ids
    from duecourse.interfaces.cli.predict.shelf import folder, load, newest_approved
    from duecourse.records.invoices_asof import invoices_asof, recent_events
    from duecourse.site.clock import now

    shelf = folder(creditor)
    used, _ = load(shelf, model or newest_approved(shelf))
    day = as_of.date() if as_of else now().astimezone().date()
    ids = creditor_ids(creditor)
    frame = invoices_asof(day, creditors=ids)
    events = frame.select("customer").join(
        recent_events(day, creditors=ids), on="customer", how="left", maintain_order="left"
    )
    counts = {name: events[name].fill_null(0).cast(pl.Float64).to_numpy() for name in EVENTS}
    told = look(Invoices.of(frame), used, today=day, events=counts)
    if only_warned:
        told = told.filter(pl.col("signals").list.len() > 0)
    rows = frame.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    whole = told.join(
        rows.select("row", "debt", "customer", "currency", "open", "due"), on="row", maintain_order="left"
    )
    _lines(whole.drop("row")) if as_json else _table(whole)


def _lines(whole: pl.DataFrame) -> None:
    for row in whole.iter_rows(named=True):
        click.echo(json.dumps(row, default=lambda day: day.isoformat()))


def _table(whole: pl.DataFrame) -> None:
    from rich.console import Console
    from rich.table import Table

    from duecourse.core.predict.explain import in_100

    table = Table(title=f"{whole.height:,} open invoices", title_justify="left")
    for name in ("Debt", "Due", "Expected", "Late, in 100", "Rests on", "Early warning"):
        table.add_column(name)
    for row in whole.iter_rows(named=True):
        expected = "–" if row["expected"] is None else row["expected"].isoformat()
        late = "–" if row["p_late"] is None else in_100(row["p_late"])
        warned = " ".join(row["warnings"])
        table.add_row(str(row["debt"]), row["due"].isoformat(), expected, late, row["rests_on"], warned)
    Console().print(table)
