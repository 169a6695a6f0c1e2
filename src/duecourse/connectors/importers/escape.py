"""Text on its way into a spreadsheet: what a program would run as a formula is shown as text, and comes back as it was."""

from __future__ import annotations

import re

_TRIGGER = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_PHONE = re.compile(r"\+\d[\d ]*")


def escape(value: str) -> str:
    """Put an apostrophe before what a spreadsheet could run. Plain numbers and phone numbers in digits stay as they are.

    >>> [escape(v) for v in ("=1+1", "@SUM(A1)", "+44 20 7946 0000", "-12.50", "0042", "+1-555-0100", "'quoted")]
    ["'=1+1", "'@SUM(A1)", '+44 20 7946 0000', '-12.50', '0042', "'+1-555-0100", "''quoted"]
    """
    if value.startswith("'"):
        return "'" + value
    bare = value.lstrip(" \u00a0\ufeff")
    if not bare.startswith(_TRIGGER) or _NUMBER.fullmatch(value) or _PHONE.fullmatch(value):
        return value
    return "'" + value


def unescape(value: str) -> str:
    """What `escape` made, undone; anything else is returned as it is.

    >>> [unescape(v) for v in ("'=1+1", "''quoted", "'t Hof", "0042")]
    ['=1+1', "'quoted", "'t Hof", '0042']
    """
    rest = value[1:]
    if value.startswith("'") and (rest.startswith("'") or rest.lstrip(" \u00a0\ufeff").startswith(_TRIGGER)):
        return rest
    return value
