"""The command line. Commands live one a file beside this one and are read only when they are run."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from duecourse.interfaces.cli.start import database, with_database

__all__ = ["database", "main", "with_database"]

# name: (module:function, what it does). A name whose module is not there is not offered.
COMMANDS = {
    "up": ("up:up", "Start everything: database, web, worker. Prints the address."),
    "import": ("import_:import_", "Read invoices from CSV or XLSX files."),
    "day": ("day:day", "Decide for every customer what happens today."),
    "work": ("work:work", "Send what is due and retry what may be retried."),
    "receive": ("receive:receive", "Take in mail: replies, delivery reports, complaints."),
    "explain": ("explain:explain", "Say why a customer was contacted, or was not."),
    "replay": ("replay:replay", "Decide a run again and compare it to the bit."),
    "law": ("law:law", "Run law cases through the contact gate."),
    "language": ("language:language", "Check texts before they leave: plain, kind, true, whole."),
    "kpi": ("kpi:kpi", "Print the key figures."),
    "predict": ("predict:predict", "Fit or evaluate the forecast of payment dates."),
    "simulate": ("simulate:simulate", "Play strategies against simulated customers."),
    "reports": ("reports:reports", "Let a reporting tool read views without personal data."),
    "export": ("export:export", "Write a table as CSV, JSON lines or Parquet."),
    "live": ("live:live", "Let messages leave this machine, or stop them."),
    "bench": ("bench:bench", "Measure speed and memory."),
    "verify": ("verify:verify", "Prove ledger sums, hash chains and the outbox."),
    "evidence": ("evidence:evidence", "Gather the proof for a customer or a run."),
    "keys": ("keys:keys", "Seal sensitive words with a fresh key."),
    "migrate": ("migrate:migrate", "Bring the database to this version."),
    "doctor": ("doctor:doctor", "Say what is missing on this machine, and the mend."),
}
HERE = Path(__file__).parent


class Duecourse(click.Group):
    """Finds commands by name without importing them, and turns every fault into plain words."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, (place, _) in COMMANDS.items() if _exists(place)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS or not _exists(COMMANDS[cmd_name][0]):
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        return getattr(importlib.import_module(f"{__name__}.{module}"), function)  # type: ignore[no-any-return]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, KeyboardInterrupt):
            raise
        except Exception as error:
            if isinstance(error, BrokenPipeError) or (isinstance(error, OSError) and "Broken pipe" in str(error)):
                # Whoever read our output has seen enough (`| head`). Python must not complain when it closes it for good.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                ctx.exit(1)
            from duecourse.interfaces.cli.fault import explain_fault

            click.echo(explain_fault(error), err=True)
            ctx.exit(1)


def _exists(place: str) -> bool:
    module = HERE / place.partition(":")[0]
    return module.with_suffix(".py").exists() or (module / "__init__.py").exists()


@click.group(cls=Duecourse, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="duecourse", message="%(version)s")
def main() -> None:
    """Recovers overdue money and keeps the customer.

    Data lives in the folder DUECOURSE_HOME (now: ./var unless set). Start with: duecourse up --example
    """
