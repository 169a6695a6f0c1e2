"""The providers of texts of this installation, by name, the one that is used first."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from duecourse.connectors.channels.sms.registry import from_settings
from duecourse.connectors.channels.sms.text import Provider


@cache
def text_providers() -> dict[str, Provider]:
    """Raises ValueError for settings that make no sense; the text says what would mend them."""
    return from_settings(settings.TEXT_CHANNELS)
