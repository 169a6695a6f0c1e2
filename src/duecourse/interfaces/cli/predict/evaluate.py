"""`duecourse predict evaluate`: how well payment dates could have been forecast, on a file of settled invoices."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import polars as pl

    from duecourse.core.predict.evaluate import Evaluation


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--split-date", "split", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Learn before, test after."
)
@click.option("--known-days-before-due", "known_days", type=click.IntRange(0, 3650), default=0, metavar="N",
              help="Ask about each invoice N days before it is due.")  # fmt: skip
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a forecast for each row here, as CSV."
)
@click.option("--column", "said", multiple=True, metavar="FIELD=COLUMN", help="Which column a field is in.")
@click.option(
    "--group", "groups", multiple=True, metavar="COLUMN", help="Compare how groups are served; never learned from."
)
@click.option("--dates", type=click.Choice(["ymd", "dmy", "mdy"]), help="How dates are written.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def evaluate(
    ctx: click.Context,
    file: Path,
    split: datetime,
    known_days: int,
    out: Path | None,
    said: tuple[str, ...],
    groups: tuple[str, ...],
    dates: str | None,
    seed: int,
    as_json: bool,
) -> None:
    """Learn from what was known before a day, forecast what fell due later, and count the errors.

    FILE is CSV, plain or gzipped, with customer, amount, due_date and clear_date.
    """
    from duecourse.core.predict.evaluate import evaluate as run
    from duecourse.core.predict.invoices import Invoices, day_number
    from duecourse.interfaces.cli.predict.groups import served
    from duecourse.interfaces.cli.predict.read_settled import read_settled

    settled = read_settled(file, said=dict(_pair(text) for text in said), way=dates, groups=groups)
    found = run(Invoices.of(settled.frame), split=day_number(split.date()), known_days=known_days, seed=seed)
    if out is not None:
        _predictions(found, settled.row_ids).write_csv(out)
    report = {
        "split_date": split.date().isoformat(),
        "known_days_before_due": known_days,
        **found.report,
        "n_refused": settled.refused.height,
        "columns": dict(settled.columns),
    }
    if groups:
        report["fairness"] = served(found, settled.groups)
    click.echo(json.dumps(report)) if as_json else _table(report)
    if settled.refused.height:
        first = settled.refused.row(0, named=True)
        click.echo(
            f"{settled.refused.height} rows were left out. The first is row {first['row_id']}: {first['why']}.",
            err=True,
        )
        ctx.exit(1)


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals:
        raise click.BadParameter(f"Write FIELD=COLUMN, not “{text}”.", param_hint="--column")
    return field.strip(), column.strip()


def _predictions(found: Evaluation, row_ids: pl.Series) -> pl.DataFrame:
    """One row a tested invoice; empty cells where too little is known to say anything."""
    import polars as pl

    names = {"predicted_days_late": "middle", "p10": "low", "p90": "high", "p_late": "late"}
    told = found.forecast
    return pl.DataFrame(
        {"row_id": row_ids.gather(found.rows.tolist())}
        | {
            name: pl.Series(getattr(told, part) if told is not None else [None] * len(found.rows), dtype=pl.Float64)
            for name, part in names.items()
        }
    ).with_columns(pl.col("predicted_days_late", "p10", "p90").round(3), pl.col("p_late").round(6))


def _table(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    from duecourse.interfaces.cli.predict.groups import tell

    model = report["model"]
    table = Table(title=f"{report['n']:,} invoices due from {report['split_date']}", title_justify="left")
    table.add_column("Figure")
    columns = {"Forecast": report, "Always on time": report["always_on_time"],
               "Customer's median": report["customer_as_of_median"]}  # fmt: skip
    for name in columns:
        table.add_column(name, justify="right")
    for key, name, places in (
        ("mae", "Mean error, days", 2),
        ("rmse", "Root mean squared error, days", 2),
        ("auc_late", "Late or not told apart (AUC)", 3),
        ("brier_late", "Chance of late (Brier, 0 is best)", 3),
        ("interval_coverage", "Inside the band (aim 0.80)", 3),
    ):
        table.add_row(name, *("–" if c[key] is None else f"{c[key]:.{places}f}" for c in columns.values()))
    Console().print(table)
    click.echo(_about(model))
    if "fairness" in report:
        tell(report["fairness"])


def _about(model: dict[str, Any]) -> str:
    if model["days_by"] == "silent":
        return (
            f"Not enough data: only {model['learned_from']} invoices were known on that day. "
            "At least 30 are needed, so nothing is forecast."
        )
    words = {
        "always_on_time": "Nothing beat “always on time”, so that is the forecast.",
        "customer_as_of_median": "Nothing beat the customer's median, so that is the forecast.",
        "usual_day": "The customer's usual working day did best, so that is the forecast.",
        "learned": "The learned forecast did best.",
    }
    return f"{words[model['days_by']]} Learned from {model['learned_from']:,} invoices, judged on the {model['judged_by']:,} latest."
