"""A child that dies with its parent, so that `kill -9` leaves no orphan."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(kind: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """A `preexec_fn`: the child gets `kind` when the thread that started it ends.

    A change of user clears the wish, so it must be made after it; `subprocess` runs `preexec_fn` after `user=`.
    Start such a child from the main thread. Elsewhere than on Linux the wish does nothing.
    """
    parent = os.getpid()
    return lambda: tie(kind, parent)


def tie(kind: signal.Signals, parent: int) -> None:
    """Asks the kernel to send `kind` to this process when its parent, process `parent`, ends."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(kind))
        if os.getppid() != parent:  # it ended before we asked
            os._exit(1)
