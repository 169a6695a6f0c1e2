"""Find a customer by name, reference or invoice number; one hit opens at once. The palette asks here too."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.rows import customer_url
from duecourse.records.reads.find import find


@dataclass(frozen=True, slots=True)
class Hit:
    url: str
    name: str
    ref: str
    creditor: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The page."""

    query: str
    lede: str
    found: tuple[Hit, ...] = ()


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:80]
    hits = (
        tuple(Hit(customer_url(h.shard, h.id), h.name, h.ref, h.creditor, h.by) for h in find(query)) if query else ()
    )
    if request.GET.get("as") == "palette":
        return JsonResponse({"hits": [{"name": h.name, "note": h.by or h.ref, "url": h.url} for h in hits[:8]]})
    if len(hits) == 1:
        return redirect(hits[0].url)
    if not query:
        lede = "Type a name, a customer number or an invoice number."
    elif not hits:
        lede = "Nobody has that name or number. Try part of the name, or fewer figures."
    else:
        lede = f"{len(hits)} found." if len(hits) < 20 else "The first 20. Type more to see fewer."
    return show(request, "find", Found(query, lede, hits))
