"""Named places where a test may kill the process: every gap between a commit and a call has one."""

from __future__ import annotations

import os
import signal

_ARMED = os.environ.get("DUECOURSE_FAILPOINT", "")
_NAME, _, _COUNT = _ARMED.partition(":")
_left = int(_COUNT or 1) if _ARMED else 0


def failpoint(name: str) -> None:
    """Kill this process with SIGKILL at the n-th pass, where `DUECOURSE_FAILPOINT=name:n` says so; else do nothing."""
    global _left
    if name == _NAME:
        _left -= 1
        if _left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
