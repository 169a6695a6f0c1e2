"""Every request runs in one transaction that sees only the creditors its person works for."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from duecourse.records.reads.membership import creditors_of
from duecourse.records.tenancy import scope
from duecourse.site.clock import now


class TenancyMiddleware:
    """Sets `request.now` and, for signed-in staff, the database's scope; a customer's page sets its own by its link."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = now()  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple, kwargs: dict):
        """Run the view inside the scope. A view marked `own_scope` opens its own transactions."""
        if getattr(view, "own_scope", False):
            return None
        user = request.user
        with scope(creditors_of(user) if user.is_authenticated else ()):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response


class LanguageMiddleware:
    """Customers' pages speak the language chosen there, else the browser's; staff's pages speak English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = translation.get_language_from_request(request) if request.path_info.startswith("/p/") else "en"
        with translation.override(chosen):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response
