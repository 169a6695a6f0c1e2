"""Any exception in words for the person at the keyboard; its traceback goes to the log, scrubbed."""

from __future__ import annotations

import errno
from datetime import UTC, datetime

from duecourse.site.home import ROOM_NEEDED, home
from duecourse.site.scrub import traceback_of
from duecourse.site.trouble import Trouble

FULL = Trouble("The disk is full. What was not finished was not kept.", "Free some space, then run the command again.")
GONE = Trouble(
    "The database cannot be reached. What was not finished was not kept.",
    "Run `duecourse doctor` to see why, then run the command again.",
)
MEMORY = Trouble("There is not enough memory for this.", "Close other programs, then run the command again.")


def explain_fault(error: Exception) -> str:
    """What went wrong, where, and the mend."""
    if isinstance(error, Trouble):
        return str(error)
    file = _write_log(error)
    known = _known(error)
    if known is not None:
        return str(known)
    return (
        f"Something went wrong that we did not expect ({type(error).__name__}).\n"
        f"The details are in {file}. They hold no personal data. Please send them with your report."
    )


def _known(error: BaseException) -> Trouble | None:
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, MemoryError):
        return MEMORY
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return FULL
    if "DiskFull" in names or "No space left on device" in str(error):
        return FULL
    if names & {"OperationalError", "InterfaceError", "AdminShutdown"}:
        # A server that cannot write its log of changes stops: to us it is gone, but the cause is the disk.
        return FULL if _nearly_full() else GONE
    if isinstance(error, PermissionError | FileNotFoundError) and error.filename:
        wrong = "may not be read or written" if isinstance(error, PermissionError) else "is not there"
        return Trouble(f"{error.filename} {wrong}.", "Check the name and its permissions.")
    return _known(error.__cause__) if error.__cause__ is not None else None


def _nearly_full() -> bool:
    import shutil

    try:
        return shutil.disk_usage(home()).free < ROOM_NEEDED
    except OSError:
        return False


def _write_log(error: Exception) -> str:
    file = home() / "log" / "errors.log"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{traceback_of(error)}\n\n")
    except OSError as failed:
        return f"no log, since {file} cannot be written ({failed.strerror})"
    return str(file)
