"""A browser for the session, and sample pages served from this process: no database, no outside world."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

# Playwright keeps an event loop in this thread; our calls of Django beside it are one after the other all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'"
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without scripts of its own accord: a test that needs them asks for a context of its own."""
    context = browser.new_context(java_script_enabled=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def samples() -> Iterator[str]:
    """Base address of the sample pages: /NAME, with ?theme=light or dark."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Samples)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Samples(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        from django.contrib.staticfiles import finders

        path, _, query = self.path.partition("?")
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            body = Path(found).read_bytes() if isinstance(found, str) else b""
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return self._answer(200 if body else 404, kind, body)
        return self._answer(
            200, "text/html; charset=utf-8", render(path.strip("/"), query.removeprefix("theme=")).encode()
        )

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        # The policy of the real pages: a style attribute or an inline script shows as an error in the console.
        self.send_header(
            "Content-Security-Policy",
            POLICY,
        )
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def render(name: str, theme: str = "") -> str:
    """A sample page as HTML."""
    from django.template.loader import render_to_string
    from django.urls import set_urlconf
    from django.utils import translation

    from tests.browser.samples import SAMPLES

    template, context = SAMPLES[name]
    set_urlconf("tests.browser.sample_urls")
    with translation.override("en"):
        return render_to_string(template, {**context, "theme": theme or None})


@pytest.fixture(scope="session")
def _example_copy(_clean_copy: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example book with its day decided and counted, made once: database `example`; returns the folder of its runs."""
    from django.db import connections

    from duecourse.actions.count_figures import count_figures
    from duecourse.actions.example import load_example
    from duecourse.actions.foresee import foresee
    from duecourse.core.decide.playbook import packaged
    from duecourse.records import arrow
    from duecourse.site.clock import now
    from tests.conftest import _run
    from tests.making import run_day

    connections.close_all()
    make = "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy OWNER duecourse_owner"
    _run(_clean_copy, "DROP DATABASE IF EXISTS duecourse WITH (FORCE)", make.format("duecourse", "clean"))
    folder = tmp_path_factory.mktemp("runs")
    load_example(now=now() - timedelta(minutes=5))
    foresee(at=now(), as_of=now().date(), playbook=packaged(), approved=lambda creditor: None)
    run_day(folder, at=now())
    count_figures(now=now(), force=True)
    arrow.close()
    connections.close_all()
    _run(_clean_copy, "ALTER DATABASE duecourse RENAME TO example")
    return folder


@pytest.fixture
def example(_clean_copy: str, _example_copy: Path) -> Iterator[Path]:
    """A copy of the example book for one test; the folder of its runs."""
    from django.core.cache import cache
    from django.db import connections

    from duecourse.records import arrow
    from tests.conftest import _run

    arrow.close()
    connections.close_all()
    cache.clear()
    make = "CREATE DATABASE duecourse TEMPLATE example STRATEGY file_copy OWNER duecourse_owner"
    _run(_clean_copy, "DROP DATABASE IF EXISTS duecourse WITH (FORCE)", make)
    yield _example_copy
    arrow.close()
    connections.close_all()
