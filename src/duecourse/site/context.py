"""What every staff page shows: the sending mode, the theme and the time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from duecourse.records.reads.sending import is_live

THEMES = {"light", "dark"}


def page(request: HttpRequest) -> dict[str, Any]:
    """Template context: `live`, `theme` (None follows the system) and `now`."""
    theme = request.COOKIES.get("theme")
    return {"live": is_live(), "theme": theme if theme in THEMES else None, "now": getattr(request, "now", None)}
