"""`duecourse up`: database, migrations, web, worker and sandbox gateway, until Ctrl-C."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from duecourse.interfaces.cli.start import database

if TYPE_CHECKING:
    from duecourse.site.supervise import Child

HOST = "127.0.0.1"
SANDBOX = "duecourse.connectors.gateways.sandbox"


@click.command()
@click.option("--example", is_flag=True, help="Fill an empty book with example customers, and run the day for it.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port of the web pages.")
@click.option("--no-worker", is_flag=True, help="Send nothing: leave `duecourse work` out.")
def up(example: bool, port: int, no_worker: bool) -> None:
    """Start everything: database, web, worker. Prints the address and how to sign in."""
    from duecourse.site.home import home, prepare
    from duecourse.site.supervise import free_port, on_signals, require_free_port, serves_pages, supervise

    require_free_port(HOST, port)
    folder = prepare(home())
    sandbox_port = free_port(HOST, port + 1)
    os.environ.setdefault("DUECOURSE_URL", f"http://localhost:{port}")
    os.environ.setdefault("DUECOURSE_SANDBOX_URL", f"http://localhost:{sandbox_port}")
    stop = Event()
    with database():
        if example:
            _load_example()
        on_signals(stop)
        children = [_web(folder, port)]
        if not (folder / "gateways.toml").exists():
            children.append(_sandbox(folder, sandbox_port))
        if not no_worker:
            children.append(_worker(folder))
        supervise(
            children,
            stop,
            click.echo,
            ready=lambda: serves_pages(HOST, port),
            then=lambda: _say_where(folder, no_worker),
        )
        click.echo("\nStopping.")


def _load_example() -> None:
    from duecourse.actions.example import load_example
    from duecourse.site.clock import now

    if load_example(now=now()):
        from duecourse.interfaces.cli.day import decide_day

        decide_day()


def _say_where(folder: Path, no_worker: bool) -> None:
    from duecourse.actions.sign_in import one_time_link
    from duecourse.site.clock import now

    url = os.environ["DUECOURSE_URL"]
    click.echo(f"\nDuecourse runs at {url}")
    click.echo(f"Sign in once with {one_time_link(url, now=now())}")
    click.echo(f"Data is in {folder}")
    if no_worker:
        click.echo("Nothing is sent: the worker is off.")
    click.echo("Stop with Ctrl-C.")


def _web(folder: Path, port: int) -> Child:
    from duecourse.site.supervise import Child

    return Child("web server", [sys.executable, "-m", "duecourse.site.web", str(port)], folder / "log" / "web.log")


def _worker(folder: Path) -> Child:
    from duecourse.site.supervise import Child

    return Child(
        "worker",
        [sys.executable, "-m", "duecourse.interfaces.cli", "work", "--day-at", "07:00"],
        folder / "log" / "work.log",
    )


def _sandbox(folder: Path, port: int) -> Child:
    from duecourse.connectors.gateways.sandbox.keys import secret_in
    from duecourse.site.supervise import Child

    secret = folder / "sandbox_secret"
    secret_in(secret)  # made before the web server reads it
    command = [
        sys.executable, "-m", SANDBOX, "--port", str(port), "--home", str(folder / "sandbox"),
        "--secret-file", str(secret), "--base", os.environ["DUECOURSE_SANDBOX_URL"],
        "--webhook", f"{os.environ['DUECOURSE_URL']}/hooks/sandbox/",
    ]  # fmt: skip
    return Child("sandbox gateway", command, folder / "log" / "sandbox.log")
