"""How texts leave and come in: `channels.toml` in the data folder. Without it there are none.

    [text]
    kind = "twilio"
    account = "AC..."
    token = "..."
    from = "+447700900000"

The name is part of the addresses that the provider calls: /hooks/sms/text/status/ and /hooks/sms/text/in/.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from duecourse.site.trouble import Trouble


def read_channels(folder: Path, file: str = "channels.toml") -> dict[str, dict[str, Any]]:
    """Settings by name. Raises `Trouble` for a file that cannot be read."""
    path = folder / file
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Trouble(f"{path} cannot be read: {error}.", "Mend that line, or remove the file.") from error
