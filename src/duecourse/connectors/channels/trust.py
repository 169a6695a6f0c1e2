"""Can a reader tell that a message is ours? One domain for links, a readable host, creditor, reference, how to check (NCSC).

>>> faults("A note", "See https://bit.ly/x", host="pay.a.example", creditor="A", reference="R-1")[0].split(":")[0]
'It links to another place'
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LINK = re.compile(r"https?://[^\s<>\"')]+")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}|localhost(?::\d+)?")
_ASKS = re.compile(
    r"\b(?:send|tell|give|confirm|enter|reply with)\b[^.\n]{0,30}"
    r"\b(?:password|pin|card number|cvv|date of birth|account number|passport)\b",
    re.IGNORECASE,
)
_REVEALS = re.compile(
    r"\b(?:debts?|owe[ds]?|overdue|arrears|unpaid|collect\w*|past due|final|urgent|invoice|deuda|debe|impag\w*|cobr\w*|schuld\w*|mahnung"
    r"|inkasso|überfällig|rechnung|dette|impay\w*|recouvr\w*|facture|factura)\b",
    re.IGNORECASE,
)


def faults(
    subject: str,
    text: str,
    *,
    host: str,
    creditor: str,
    reference: str,
    elsewhere: frozenset[str] = frozenset(),
    preview: str = "",
) -> list[str]:
    """Sentences that say what is wrong; `elsewhere` are hosts of free help that may be named."""
    hosts = {urlsplit(link).netloc.lower() for link in _LINK.findall(text)}
    found = [f"It links to another place: {each}." for each in sorted(hosts - {host} - elsewhere)]
    if not _HOST.fullmatch(host):
        found.append("The address of our pages is not a name that a person can read.")
    if creditor not in text:
        found.append("It does not name the creditor.")
    if reference and reference not in text:
        found.append("It names no reference.")
    if host not in _LINK.sub("", text):
        found.append("It does not say how to check that it is us.")
    if _ASKS.search(text):
        found.append("It asks for a secret. We never do.")
    found += [
        f"The {name} says too much for a locked screen."
        for name, words in (("subject", subject), ("preview", preview))
        if _REVEALS.search(words)
    ]
    return found
