"""What a command needs before it can work with the book: the server, Django, the newest tables."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def database() -> Iterator[None]:
    """The database runs, is migrated, and Django is ready inside this block. Raises `Trouble` where that fails."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duecourse.site.settings")
    from duecourse.site.postgres import embedded

    with embedded():
        import django
        from django.db import connections

        from duecourse.site.migrate import ensure_migrated

        django.setup()
        ensure_migrated()
        try:
            yield
        finally:
            connections.close_all()


def with_database(function: Callable[P, R]) -> Callable[P, R]:
    """Decorator for a command: put it below `@click.command()` and the options."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with database():
            return function(*args, **kwargs)

    return run
