"""A staff page that calls an action with transactions of its own: what it may see is read first, and then left."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from duecourse.records.journal.models import ImportFile
from duecourse.records.parties.models import Creditor
from duecourse.records.reads.membership import creditors_of
from duecourse.records.tenancy import scope


def own_scope(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Signed-in staff only; the view runs in no transaction and opens its scopes itself."""
    guarded = login_required(view)

    @wraps(view)
    def outside(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return guarded(request, *args, **kwargs)

    outside.own_scope = True  # type: ignore[attr-defined]
    return outside


def my_creditors(request: HttpRequest) -> list[Creditor]:
    """The creditors that this person works for, by name."""
    with scope(creditors_of(request.user)):
        return list(Creditor.objects.order_by("name"))


def my_file(request: HttpRequest, import_id: int) -> tuple[ImportFile, Creditor]:
    """A file on its way into a book of this person's. Raises Http404, the same for another's as for none."""
    with scope(creditors_of(request.user)):
        row = ImportFile.objects.filter(id=import_id).first()
        if row is None:
            raise Http404
        return row, Creditor.objects.get(id=row.creditor_id)
