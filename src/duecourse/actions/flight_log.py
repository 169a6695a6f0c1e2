"""A worker's own log of what it is handing over right now: it narrows doubt after a kill to one message.

The durable mark in the database says "perhaps sent" of a whole batch. This file says which of the batch were begun and
which ended. It outlives a killed process; it is not trusted after a restart of the machine, nor by another machine.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType


def boot() -> str:
    """Names this run of this machine; a log of another one proves nothing."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return f"{os.uname().nodename}:unknown"


class FlightLog:
    """Held open (and locked) by the worker while it lives. Lines: `begin ID`, `end ID OUTCOME`."""

    def __init__(self, folder: Path, worker: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{worker}.log"
        self._file = os.open(self.path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        os.write(self._file, f"boot {boot()}\n".encode())

    def begin(self, outbox_id: int) -> None:
        os.write(self._file, f"begin {outbox_id}\n".encode())

    def end(self, outbox_id: int, outcome: str, detail: str) -> None:
        os.write(self._file, f"end {outbox_id} {outcome} {detail}\n".encode())

    def __enter__(self) -> FlightLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)
        if kind is None:
            self.path.unlink(missing_ok=True)


class Flight:
    """What a dead worker's log proves. `begun` and `ended` by outbox id; `trusted` only where it is this boot's and free."""

    def __init__(self, folder: Path, worker: int) -> None:
        self.path = folder / f"{worker}.log"
        self.begun: set[int] = set()
        self.ended: dict[int, tuple[str, str]] = {}
        self.trusted = False
        try:
            with self.path.open("r") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                self._read(file.read())
        except OSError:
            return

    def _read(self, text: str) -> None:
        lines = text.split("\n")
        self.trusted = lines[0] == f"boot {boot()}"
        for line in lines[1:-1]:  # what follows the last line break was cut off by the kill
            word, _, rest = line.partition(" ")
            if word == "begin":
                self.begun.add(int(rest))
            elif word == "end":
                outbox_id, outcome, detail = (*rest.split(" ", 2), "")[:3]
                self.ended[int(outbox_id)] = (outcome, detail)

    def forget(self) -> None:
        """Remove the log once all it proved has been recorded."""
        self.path.unlink(missing_ok=True)
