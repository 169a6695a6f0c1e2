"""The evidence pack of one customer, as a file."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecourse.actions.evidence import pack
from duecourse.actions.explain import NotFound
from duecourse.records.reads.membership import creditors_of


@login_required
@require_safe
def customer(request: HttpRequest, shard: int, customer_id: int) -> HttpResponse:
    """Everything on record about the customer, whose seal also comes as a header."""
    try:
        made = pack(
            key=(shard, customer_id), creditors=creditors_of(request.user), at=request.now,
            runs=Path(settings.RUNS_FOLDER), version=version("duecourse"),
        )  # fmt: skip
    except NotFound:
        raise Http404 from None
    headers = {
        "Content-Disposition": f'attachment; filename="evidence-{shard}-{customer_id}.zip"',
        "X-Evidence-Seal": made.seal,
    }
    return HttpResponse(made.data, content_type="application/zip", headers=headers)
