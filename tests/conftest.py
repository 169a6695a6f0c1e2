"""Shared by all tests: a data folder of its own, the embedded database, and a clean book for each test that asks."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
from hypothesis import settings

# Set before anything reads the settings. Subprocesses that a test starts inherit it and so see the same book.
_HOME = Path(tempfile.mkdtemp(prefix="duecourse-tests-"))
os.environ["DUECOURSE_HOME"] = str(_HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "duecourse.site.settings"
os.environ.pop("DATABASE_URL", None)
os.environ.pop("DATABASE_APP_URL", None)
# The machine does not lose power in a test; a killed process keeps its writes without fsync too.
os.environ["DUECOURSE_POSTGRES_OPTIONS"] = "-c fsync=off -c synchronous_commit=off"

# A slow machine is no fault, and CI tries the same cases each time.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")

ROOMS_WITHOUT_DJANGO = {"core", "connectors", "architecture"}


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> None:
    """Django is set up only where a test may need it, so that tests of the core start at once."""
    room = module_path.relative_to(Path(__file__).parent).parts[0]
    if room not in ROOMS_WITHOUT_DJANGO:
        import django
        from django.apps import apps

        if not apps.ready:
            django.setup()


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


@dataclass(frozen=True)
class Book:
    """A migrated and otherwise empty database, the same for this process and for commands that it starts."""

    home: Path
    owner_uri: str
    app_uri: str


@pytest.fixture(scope="session")
def _clean_copy() -> Iterator[str]:
    """Address of the embedded server as its superuser; database `clean` there is migrated and never written to."""
    from django.db import connections
    from django.test.utils import setup_test_environment, teardown_test_environment

    from duecourse.site.database import owner_uri
    from duecourse.site.migrate import ensure_migrated
    from duecourse.site.postgres import embedded

    with embedded():
        ensure_migrated()
        connections.close_all()
        server = owner_uri().replace("duecourse_owner@/duecourse", "postgres@/postgres")
        _run(server, "ALTER DATABASE duecourse RENAME TO clean")
        setup_test_environment()
        yield server
        teardown_test_environment()


@pytest.fixture
def book(_clean_copy: str) -> Iterator[Book]:
    """A clean book, by real commits: threads, other connections and other processes see it and may write to it."""
    from django.core.cache import cache
    from django.db import connections

    from duecourse.site.database import app_uri, owner_uri

    connections.close_all()
    cache.clear()
    _run(
        _clean_copy,
        "DROP DATABASE IF EXISTS duecourse WITH (FORCE)",
        "CREATE DATABASE duecourse TEMPLATE clean STRATEGY file_copy OWNER duecourse_owner",
    )
    yield Book(_HOME, owner_uri(), app_uri())
    connections.close_all()


def _run(server: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests; where it is missing they are left out, but never in CI."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        missing = "Chromium is missing. Install it: sudo apt-get install chromium"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    # Playwright keeps an event loop in this thread; our calls of Django beside it are one after the other all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = "--disable-background-networking --disable-component-update --disable-sync --no-first-run"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", *quiet.split()]
        )
        yield browser
        browser.close()
