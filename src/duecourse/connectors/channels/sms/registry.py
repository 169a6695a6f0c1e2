"""The provider of texts that this installation uses, from its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from duecourse.connectors.channels.sms.keyed import Keyed
from duecourse.connectors.channels.sms.text import Provider
from duecourse.connectors.channels.sms.twilio import Twilio
from duecourse.connectors.channels.sms.vonage import Vonage

KINDS = ("twilio", "vonage", "keyed")


def from_settings(settings: Mapping[str, Mapping[str, Any]]) -> dict[str, Provider]:
    """Name → provider, the preferred one first. Raises ValueError, which says what would mend the file.

    >>> from_settings({"text": {"kind": "twillio"}})
    Traceback (most recent call last):
    ValueError: text has the unknown kind twillio. Known kinds: twilio, vonage, keyed.
    """
    return {name: _provider(name, dict(one)) for name, one in settings.items()}


def _provider(name: str, one: dict[str, Any]) -> Provider:
    kind = one.pop("kind", None)
    if kind in KINDS and not str(one.get("from", "")).startswith("+"):
        # Nobody can answer STOP to a name.
        raise ValueError(f"{name} needs a number of yours in `from`, such as +447700900000, so that replies reach you.")
    one = {"sender" if key == "from" else key: value for key, value in one.items()}
    try:
        if kind == "twilio":
            return Twilio(name=name, **one)
        if kind == "vonage":
            return Vonage(name=name, **one)
        if kind == "keyed":
            return Keyed(name=name, **one)
    except TypeError:
        raise ValueError(
            f"{name} lacks a setting, or has one that is not known; docs/channels.md lists them."
        ) from None
    raise ValueError(f"{name} has the unknown kind {kind}. Known kinds: {', '.join(KINDS)}.")
