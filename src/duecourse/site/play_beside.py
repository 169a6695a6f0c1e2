"""Playing simulated years beside the sending: in a process of its own, since a year takes a minute."""

from __future__ import annotations

import subprocess
import sys


class PlayBeside:
    """One child at a time; it plays what was asked and ends."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def tick(self) -> None:
        """Start a child where a question waits and none plays."""
        from duecourse.actions.play_what_if import waiting

        if (self._child is None or self._child.poll() is not None) and waiting():
            self._child = subprocess.Popen(
                [sys.executable, "-m", "duecourse.interfaces.cli", "simulate", "--asked"],
                stdin=subprocess.DEVNULL,
            )

    def finish(self) -> None:
        """End the child that plays; what it had begun is played again by the next worker."""
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            self._child.wait()
