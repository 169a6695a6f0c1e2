"""`duecourse explain`: the receipt of a decision, with citations."""

from __future__ import annotations

import json

import click

from duecourse.interfaces.cli.start import with_database
from duecourse.site.trouble import Trouble


@click.command()
@click.argument("who", required=False)
@click.option("--customer", help="The customer's reference.")
@click.option("--run", "run_id", type=int, help="The run; the newest where it is not named.")
@click.option("--creditor", default="", help="Whose customer, where two creditors use the same reference.")
@click.option("--json", "as_json", is_flag=True)
@with_database
def explain(who: str | None, customer: str | None, run_id: int | None, creditor: str, as_json: bool) -> None:
    """Why was WHO (a customer's reference, or a contact's id) contacted, or not?"""
    from duecourse.actions.explain import NotFound, find_customer, receipt
    from duecourse.records.tenancy import scope
    from duecourse.site.home import home

    name = customer or who
    if not name:
        raise click.UsageError("Name a customer or a contact.")
    try:
        with scope("all"):
            found = receipt(find_customer(name, creditor=creditor), folder=home() / "runs", run_id=run_id)
    except NotFound as error:
        raise Trouble(str(error), "`duecourse export customers` lists the references.") from None
    if as_json:
        click.echo(json.dumps(found.as_dict(), default=str))
        return
    click.echo(f"{found.customer_ref}: {found.verdict}. {found.headline}.")
    click.echo(f"Run {found.run_id} for {found.as_of}, playbook {found.playbook}, decided at {found.decided_at}")
    if found.step:
        click.echo(f"Step: {found.step}" + (f", not before {found.not_before}" if found.not_before else ""))
    _section("Why", [f"{'#' * r['weight']:<3} {r['text']}" for r in found.reasons])
    _section(
        "Rules that spoke",
        [f"{r['id']} ({r['citation']}, {r['version']}): {r['outcome']} {r['detail'] or ''}" for r in found.rules],
    )
    for frame, rows in found.facts.items():
        _section(f"Facts: {frame}", [", ".join(f"{k} {v}" for k, v in row.items() if v is not None) for row in rows])
    click.echo(f"\nsha256 {found.part_digest} of the frame this row is in")


def _section(title: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"\n{title}")
        for line in lines:
            click.echo(f"  {line.rstrip()}")
