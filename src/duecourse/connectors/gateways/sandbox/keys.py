"""One secret, two keys drawn from it: the one that opens the interface, and the one that signs webhooks."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from duecourse.connectors.gateways.signed import mac


def secret_in(path: Path) -> str:
    """The secret in a file; a new one is made where there is none, readable by its owner only."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(file, "w", encoding="ascii") as writer:
        secret = secrets.token_hex(32)
        writer.write(secret + "\n")
    return secret


def api_key(secret: str) -> str:
    return "sandbox_" + mac(secret.encode(), b"interface").hex()


def signing_key(secret: str) -> bytes:
    return mac(secret.encode(), b"webhooks")
