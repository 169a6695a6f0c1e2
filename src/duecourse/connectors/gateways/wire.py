"""One HTTP call to a gateway, with its failures sorted by what may have happened on the other side."""

from __future__ import annotations

import http.client
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from duecourse.connectors.gateways.errors import Refused, Unreachable, Unsure

MOST_BYTES = 1024 * 1024
# Turned away before anything was done: no such key, not allowed, too many requests, closed for repairs.
_AT_THE_DOOR = {401, 403, 429}


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: dict[str, Any]


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirected call would carry our key to a stranger."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def call(method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None, timeout: float) -> Reply:
    """Send and read JSON. Raises Unreachable, Unsure (5xx, time ran out, unreadable answer) or Refused (other 4xx)."""
    if not url.startswith(("https://", "http://")):
        raise ValueError("A gateway is reached by http or https")
    request = urllib.request.Request(url, data=body, method=method, headers=dict(headers))  # noqa: S310 (checked above)
    try:
        with _opener.open(request, timeout=timeout) as answer:
            return Reply(answer.status, _read(answer))
    except urllib.error.HTTPError as error:
        with error:
            raise _sorted(error) from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, ConnectionRefusedError | socket.gaierror):
            raise Unreachable("The gateway cannot be reached") from None
        raise Unsure("The gateway did not answer") from None
    except (OSError, http.client.HTTPException):
        raise Unsure("The gateway's answer was lost") from None


def _sorted(error: urllib.error.HTTPError) -> Unreachable | Unsure | Refused:
    if error.code in _AT_THE_DOOR:
        return Unreachable(f"The gateway turned us away with status {error.code}")
    # 409: the same key is being worked on at this moment, so the outcome is open.
    if error.code == 409 or not 400 <= error.code < 500:
        return Unsure(f"The gateway answered with status {error.code}")
    try:
        said = _read(error)
    except (Unsure, OSError, http.client.HTTPException):
        said = {}
    told = said["error"] if isinstance(said.get("error"), dict) else said
    code = told.get("code") or told.get("type")
    return Refused(str(code) if isinstance(code, str | int) else f"status {error.code}")


def _read(answer: Any) -> dict[str, Any]:
    raw = answer.read(MOST_BYTES + 1)
    try:
        body = json.loads(raw) if len(raw) <= MOST_BYTES else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Unsure("The gateway's answer could not be read")
    return body
