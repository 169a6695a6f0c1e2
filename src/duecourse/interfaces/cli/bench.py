"""`duecourse bench NAME`: figures on a seeded book of its own, as ratios to a reference in the same run."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import tempfile
from contextlib import nullcontext
from pathlib import Path

import click

from duecourse.interfaces.cli.progress import progress
from duecourse.interfaces.cli.start import database

BENCHES = ("day", "gate", "offpolicy", "pages", "rtfm", "send", "simulate")
WITHOUT_BOOK = ("gate", "offpolicy", "rtfm", "simulate")
OF_A_FILE = ("rtfm",)


@click.command()
@click.argument("name", type=click.Choice(BENCHES))
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--customers", default=100_000, show_default=True, type=click.IntRange(256))
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--home", type=click.Path(path_type=Path), help="Keep the book here, to measure it again without loading it."
)
@click.option(
    "--evidence", type=click.Path(path_type=Path), default=Path("evidence"), help="Where the result is written."
)
@click.option("--json", "as_json", is_flag=True)
def bench(
    name: str, file: Path | None, customers: int, seed: int, home: Path | None, evidence: Path, as_json: bool
) -> None:
    """Measure speed and memory. Your own book is not touched. `rtfm` needs the FILE of the public event log."""
    if (name in OF_A_FILE) != (file is not None):
        raise click.UsageError(f"bench {name} needs a FILE." if file is None else f"bench {name} takes no FILE.")
    folder = home or Path(tempfile.mkdtemp(prefix="duecourse-bench-"))
    os.environ["DUECOURSE_HOME"] = str(folder.absolute())
    os.environ.pop("DATABASE_URL", None)
    try:
        with nullcontext() if name in WITHOUT_BOOK else database():
            measured = _measure(name, customers, seed, file)
    finally:
        if home is None:
            shutil.rmtree(folder, ignore_errors=True)
    measured.keep(evidence)
    result = measured.result()
    if as_json:
        click.echo(json.dumps(result))
        return
    for key, value in result.items():
        click.echo(f"{key:>24}  {value}")


def _measure(name: str, customers: int, seed: int, file: Path | None):  # type: ignore[no-untyped-def]
    # Imported by name: benches stand above every room, so that no room can lean on them.
    book = importlib.import_module("duecourse.bench.book")
    measured = importlib.import_module("duecourse.bench.measure").Measured(name, customers, seed)
    if name not in WITHOUT_BOOK and not book.loaded():
        with progress("Loading a book", customers) as done:
            reached = 0

            def step(now: int, _: int) -> None:
                nonlocal reached
                done(now - reached)
                reached = now

            book.load(customers, seed=seed, now=importlib.import_module("duecourse.bench.day").NOW, progress=step)
    extra = () if file is None else (file,)
    importlib.import_module(f"duecourse.bench.{name}").run(measured, lambda what: click.echo(what, err=True), *extra)
    return measured
