"""Outlook's winmail.dat (TNEF, MS-OXTNEF): the plain body, where there is one. What hides deeper stays an attachment."""

from __future__ import annotations

import struct
from typing import Final

_SIGNATURE: Final = 0x223E9F78
_BODY: Final = 0x0002800C
_CODEPAGE: Final = 0x00069007


def winmail(content: bytes) -> str:
    """The body, or nothing where there is none or the file is broken.

    >>> winmail(b"no such file")
    ''
    """
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != _SIGNATURE:
        return ""
    at, charset = 6, "cp1252"
    while at + 9 <= len(content):
        _, name, length = struct.unpack_from("<BII", content, at)
        data = content[at + 9 : at + 9 + length]
        at += 9 + length + 2  # a checksum follows
        if name == _CODEPAGE and len(data) >= 4:
            charset = f"cp{struct.unpack_from('<I', data)[0]}"
        if name == _BODY:
            try:
                return data.decode(charset, "replace").rstrip("\x00")
            except LookupError:
                return data.decode("cp1252", "replace").rstrip("\x00")
    return ""
