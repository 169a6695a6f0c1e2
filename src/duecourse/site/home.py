"""The data folder (`DUECOURSE_HOME`, default ./var): where it is, its secret key, and whether the disk has room."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from duecourse.site.trouble import Trouble

ROOM_NEEDED = 256 * 1024 * 1024
"""Bytes that must be free before the database starts: it keeps its log of changes before anything else."""


def home() -> Path:
    """The data folder as an absolute path. It need not exist yet."""
    return Path(os.environ.get("DUECOURSE_HOME") or "var").absolute()


def prepare(folder: Path) -> Path:
    """The data folder, made for this user alone where it is missing. Raises `Trouble` where that fails."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"The data folder {folder} cannot be made: {error.strerror}.",
            "Set DUECOURSE_HOME to a folder that you may write to.",
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Trouble(
            f"The data folder {folder} belongs to another user.",
            "Run the command as that user, or set DUECOURSE_HOME to another folder.",
        )
    return folder


def require_room(folder: Path, needed: int = ROOM_NEEDED) -> None:
    """Raises `Trouble` when fewer than `needed` bytes are free on the disk that holds `folder`."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Trouble(
            f"The disk of {folder} is nearly full: {free >> 20} MB are free, {needed >> 20} MB are needed.",
            "Free some space, or set DUECOURSE_HOME to a folder on another disk.",
        )


def secret_key(folder: Path) -> str:
    """The key that signs links and sessions: from DUECOURSE_SECRET_KEY, else from a file made once, for us alone."""
    if given := os.environ.get("DUECOURSE_SECRET_KEY"):
        return given
    file = prepare(folder) / "secret_key"
    if not file.exists():
        _write_once(file, secrets.token_urlsafe(48))
    try:
        return file.read_text(encoding="ascii")
    except PermissionError as error:
        raise Trouble(f"The secret key {file} belongs to another user.", "Run the command as that user.") from error


def _write_once(file: Path, text: str) -> None:
    # Linked into place whole: of two commands at once, both then read the key of the first; a kill leaves no half key.
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".key-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        os.link(name, file)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
