"""The real site on a port of this machine, for a browser: the whole application, its database, its static files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import override_settings

from duecourse.records import arrow


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request, client_address):  # type: ignore[no-untyped-def]
        try:
            super().process_request_thread(request, client_address)
        finally:
            arrow.close()
            connections.close_all()


@contextmanager
def serve(**changes: object) -> Iterator[str]:
    """The address of the site; `changes` are settings."""
    web = _Server(("127.0.0.1", 0), _Quiet)
    url = f"http://127.0.0.1:{web.server_port}"
    with override_settings(BASE_URL=url, CSRF_TRUSTED_ORIGINS=[url], ALLOWED_HOSTS=["127.0.0.1"], **changes):
        web.set_app(WSGIHandler())
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        try:
            yield url
        finally:
            web.shutdown()
            thread.join()
            web.server_close()


def policy_with(origin: str) -> dict[str, object]:
    """The content security policy of the settings, with one more place that a payment form may lead to."""
    directives = dict(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
    directives["form-action"] = [*directives["form-action"], origin]
    return {"DIRECTIVES": directives}


def staff_cookie(email: str = "priya@example.test", *, superuser: bool = True) -> dict[str, str]:
    """A signed-in session of somebody on the staff, as a cookie."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    user = get_user_model().objects.create_user(
        username=email, email=email, first_name="Priya", last_name="Nair", is_superuser=superuser
    )
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
