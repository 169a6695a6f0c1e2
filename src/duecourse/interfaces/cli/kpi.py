"""`duecourse kpi`: the figures of a day, for people and as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import click

from duecourse.interfaces.cli.start import with_database


@click.command()
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Close of this day; today where left out.")
@click.option("--creditor", metavar="NAME", help="Only this creditor's book.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object; amounts in minor units.")
@with_database
def kpi(as_of: datetime | None, creditor: str | None, as_json: bool) -> None:
    """Print the key figures, each currency by itself."""
    from duecourse.core.measure.figures import figures
    from duecourse.interfaces.cli.creditor import creditor_ids
    from duecourse.interfaces.cli.progress import progress
    from duecourse.records.measures import count, ranges
    from duecourse.site.clock import now

    day = as_of.date() if as_of else now().astimezone().date()
    own = creditor_ids(creditor)
    parts = ranges(own)
    with progress("Counting", total=len(parts)) as done:
        found = figures(count(as_of=day, creditors=own, parts=parts, step=done), day)
    if as_json:
        click.echo(json.dumps({"as_of": day.isoformat(), "currency": found}))
    else:
        _table(day, creditor, found)


def _table(day: date, creditor: str | None, found: dict[str, dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    from duecourse.core.measure.definitions import DEFINITIONS
    from duecourse.interfaces.figure_words import bucket_name, worded

    whose = creditor or "All creditors"
    if not found:
        click.echo(f"{whose}: no invoices by the close of {day.isoformat()}. Read some with `duecourse import FILE`.")
        return
    table = Table(title=f"{whose}, close of {day.isoformat()}", title_justify="left", caption="–: no data yet")
    table.add_column("Figure")
    for currency in found:
        table.add_column(currency, justify="right")
    for definition in DEFINITIONS:
        values = [found[c][definition.key] for c in found]
        if definition.unit == "buckets":
            for bucket in values[0]:
                cells = [worded(v[bucket], "money", c) for c, v in zip(found, values, strict=True)]
                table.add_row(f"  {bucket_name(bucket)}", *cells)
        else:
            table.add_row(definition.name, *(worded(v, definition.unit, c) for c, v in zip(found, values, strict=True)))
    Console().print(table)
