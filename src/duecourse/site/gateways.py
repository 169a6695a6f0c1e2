"""Which payment gateways this installation uses: `gateways.toml` in the data folder, else the sandbox where it runs.

    [cards]
    kind = "stripe"
    secret_key = "sk_live_..."
    webhook_secrets = ["whsec_..."]

The order in the file is the order of preference; the name is the last part of the address for webhooks, /hooks/cards/.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from duecourse.site.trouble import Trouble

STRIPE_PAGE = "https://checkout.stripe.com"


def gateway_settings(folder: Path, environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Settings by name. Raises `Trouble` for a file that cannot be read."""
    file = folder / "gateways.toml"
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        url = environ.get("DUECOURSE_SANDBOX_URL")
        secret = str(folder / "sandbox_secret")
        return {"sandbox": {"kind": "sandbox", "url": url, "secret_file": secret}} if url else {}
    except (OSError, ValueError) as error:
        raise Trouble(f"{file} cannot be read: {error}.", "Mend that line, or remove the file.") from error


def page_origins(settings: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Where a payer may be sent after pressing "pay": the origins of the gateways' own pages.

    >>> page_origins({"sandbox": {"kind": "sandbox", "url": "http://localhost:8001/"}, "cards": {"kind": "stripe"}})
    ['http://localhost:8001', 'https://checkout.stripe.com']
    """
    return [_origin(one["url"]) if one["kind"] == "sandbox" else STRIPE_PAGE for one in settings.values()]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
