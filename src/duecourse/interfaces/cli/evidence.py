"""`duecourse evidence`: one file that a third party checks without this product."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from duecourse.interfaces.cli.start import with_database
from duecourse.site.trouble import Trouble


@click.command()
@click.option("--customer", metavar="REF", help="One customer: everything that is on record.")
@click.option(
    "--period", metavar="A..B", help="First and last day, as 2026-01-01..2026-03-31 (UTC): every customer then."
)
@click.option("--creditor", metavar="NAME", help="Only this creditor's customers.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; evidence-….zip where it is not named."
)
@with_database
def evidence(customer: str | None, period: str | None, creditor: str | None, out: Path | None) -> None:
    """Write a pack of contacts, refusals, receipts, rules and the ledger's chain, with a verifier inside."""
    from duecourse.actions.evidence import pack
    from duecourse.actions.explain import NotFound
    from duecourse.interfaces.cli.creditor import creditor_ids
    from duecourse.site.home import home
    from duecourse.site.version import version

    if not customer and not period:
        raise click.UsageError("Name a customer with --customer, or a time with --period.")
    span = _span(period) if period else None
    try:
        made = pack(
            ref=customer,
            period=span,
            creditors=creditor_ids(creditor) or "all",
            at=datetime.now(UTC),
            runs=home() / "runs",
            version=version(),
        )
    except NotFound as error:
        raise Trouble(str(error), "`duecourse export customers` lists the references.") from None
    name = out or Path(
        "evidence-" + "-".join(filter(None, (customer, period))).replace("..", "-").replace("/", "-") + ".zip"
    )
    name.write_bytes(made.data)
    click.echo(f"{name}: {made.contacts} contacts, {made.refusals} refusals. Seal {made.seal}")
    click.echo(
        "Tell the seal by another way than the file. They check it with: python3 verify.py FILE --seal SEAL", err=True
    )


def _span(period: str) -> tuple[datetime, datetime]:
    first, dots, last = period.partition("..")
    try:
        start, end = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (first, last))
    except ValueError:
        dots = ""
    if not dots or end < start:
        raise click.BadParameter(
            "Write two days, the earlier first: 2026-01-01..2026-03-31.", param_hint="--period"
        ) from None
    return start, end + timedelta(days=1)
