"""One HTTP call that may send a text, with its ends sorted by what may have happened on the other side."""

from __future__ import annotations

from collections.abc import Mapping

from duecourse.connectors.channels.email import Outcome, ServerDown
from duecourse.connectors.gateways.errors import Refused, Unreachable, Unsure
from duecourse.connectors.gateways.wire import call

USER_AGENT = "duecourse"


def hand_over(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float) -> tuple[Outcome, str]:
    """Raises ServerDown where certainly nothing was sent and nothing will be for now; unknown where an answer was lost."""
    try:
        call(
            "POST",
            url,
            headers={"Accept": "application/json", "User-Agent": USER_AGENT, **headers},
            body=body,
            timeout=timeout,
        )
    except Unreachable as error:
        raise ServerDown(str(error)) from None
    except Unsure as error:
        return Outcome.UNKNOWN, str(error)
    except Refused as error:
        return Outcome.REFUSED, error.code.rpartition("#")[2][
            :40
        ]  # a code, or the last part of an address that explains it
    return Outcome.ACCEPTED, "accepted"
