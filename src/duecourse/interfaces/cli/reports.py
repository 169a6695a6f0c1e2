"""`duecourse reports`: let Metabase, Superset or a spreadsheet read the views of the schema `reports`."""

from __future__ import annotations

import click

from duecourse.interfaces.cli.start import with_database


@click.command()
@click.option("--close", "closing", is_flag=True, help="Let nobody in any more.")
@with_database
def reports(closing: bool) -> None:
    """Make a role that may only read the reporting views, and print the address for your tool.

    The views hold no name, address, reference or word of a customer. Run it again for a new password.
    """
    from duecourse.site.reports_role import close_reports, open_reports

    if closing:
        click.echo("Closed." if close_reports() else "It was not open.")
        return
    click.echo(open_reports())
    click.echo("Read only, the views of the schema reports alone. Keep this address secret.", err=True)
