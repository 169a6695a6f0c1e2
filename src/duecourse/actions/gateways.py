"""The gateways of this installation, made once from the settings; their breakers live as long as the process."""

from __future__ import annotations

import json
from functools import lru_cache

from django.conf import settings

from duecourse.connectors.gateways.registry import Registry, from_settings


def gateways() -> Registry:
    """By `settings.GATEWAYS`, in order of preference. Raises ValueError for settings that make no sense."""
    return _made(json.dumps(settings.GATEWAYS))


@lru_cache(maxsize=4)
def _made(frozen: str) -> Registry:
    return from_settings(json.loads(frozen))
