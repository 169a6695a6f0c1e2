"""Pages about the pages: your data, accessibility, and the colour theme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def your_data(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/your_data.html")


@require_safe
def access(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/access.html")
