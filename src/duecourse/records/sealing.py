"""Sensitive words at rest: AES-256-GCM with keys that stay in the data folder, outside the database and its backups.

A sealed value is: key id (4 bytes), nonce (12), ciphertext with tag. It is bound to where it belongs, so that a value
moved to another row does not open. A new key is put first (`duecourse keys new`); old ones stay, to read what they sealed.
"""

from __future__ import annotations

import base64
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NAME = "sealing_keys"


class CannotOpen(ValueError):
    """The words cannot be read here: the key is missing, or the value is not where it belongs."""


def seal(words: str, *, of: str) -> bytes:
    """`of` names where it belongs, such as "inbound:<abc@example.org>"."""
    return seal_bytes(words.encode(), of=of)


def unseal(value: bytes, *, of: str) -> str:
    """Raises CannotOpen."""
    return unseal_bytes(bytes(value), of=of).decode()


def seal_bytes(content: bytes, *, of: str) -> bytes:
    """As `seal`, for a file."""
    key_id, key = _keys(_file(), _stamp(_file()))[0]
    nonce = secrets.token_bytes(12)
    return key_id + nonce + AESGCM(key).encrypt(nonce, content, key_id + of.encode())


def unseal_bytes(value: bytes, *, of: str) -> bytes:
    """Raises CannotOpen."""
    key = dict(_keys(_file(), _stamp(_file()))).get(value[:4])
    if key is None:
        raise CannotOpen("The key of these words is not in the data folder.")
    try:
        return AESGCM(key).decrypt(value[4:16], value[16:], value[:4] + of.encode())
    except InvalidTag:
        raise CannotOpen("These words were changed, or belong elsewhere.") from None


def new_key() -> int:
    """Put a fresh key first; returns how many there are now."""
    file = _file()
    lines = file.read_text("ascii").splitlines() if file.exists() else []
    _write(file, [_fresh(), *lines])
    return len(lines) + 1


def _file() -> Path:
    return Path(settings.DATA_FOLDER) / NAME


def _stamp(file: Path) -> int:
    """Changes with the file, so that a running process sees a new key."""
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=4)
def _keys(file: Path, stamp: int) -> tuple[tuple[bytes, bytes], ...]:
    if not stamp:
        _write(file, [_fresh()], once=True)
    pairs = (line.split(" ") for line in file.read_text("ascii").splitlines())
    return tuple((bytes.fromhex(id_), base64.b64decode(key)) for id_, key in pairs)


def _fresh() -> str:
    return f"{secrets.token_hex(4)} {base64.b64encode(AESGCM.generate_key(256)).decode()}"


def _write(file: Path, lines: list[str], *, once: bool = False) -> None:
    """Whole or not at all, readable by us alone; with `once` another process's file stays."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".seal-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as new:
            new.write("\n".join(lines) + "\n")
            new.flush()
            os.fsync(new.fileno())
        if once:
            os.link(name, file)
        else:
            os.replace(name, file)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink(missing_ok=True)
