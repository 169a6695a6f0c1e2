"""You: your keys, and how you sign in. And what going live takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from duecourse.interfaces.desk.frame import KEYS, show

KEY_SETS = (
    ("on", "Letters: j, k, l, p, h"),
    ("f", "F-keys: F2 log, F3 promise, F4 hold, F8 next"),
    ("off", "No single keys"),
)


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    email: str
    key_sets: tuple[tuple[str, str], ...] = KEY_SETS


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    user = request.user
    return show(request, "account", Account(user.get_full_name() or user.get_username(), user.email))


@login_required
@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """Keep the choice of keys for a year."""
    chosen = request.POST.get("keys", "on")
    response = redirect("desk:account")
    if chosen in {value for value, _ in KEY_SETS}:
        response.set_cookie(KEYS, chosen, max_age=timedelta(days=365), samesite="Lax", secure=request.is_secure())
        messages.success(request, "Keys kept")
    return response


@login_required
@require_safe
def going_live(request: HttpRequest) -> HttpResponse:
    return show(request, "going_live", None)
