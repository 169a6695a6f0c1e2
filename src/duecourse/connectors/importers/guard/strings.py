"""One long string that a million cells refer to: a reader copies it into each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

_REFERENCE = re.compile(rb"""t=["']s["'][^>]*>\s*<v>([0-9]{1,9})</v>""")
_OVERLAP = 64


def spread(table: Iterable[bytes], sheets: Iterable[Callable[[], Iterator[bytes]]]) -> int:
    """Bytes of text in all cells together, as a reader would lay them out.

    >>> spread([b"<sst><si><t>aaaa</t></si></sst>"], [lambda: iter([b'<c t="s"><v>0</v></c><c t="s"><v>0</v></c>'])])
    40
    """
    lengths = [len(entry) for entry in b"".join(table).split(b"</si>")]
    uses: Counter[bytes] = Counter()
    for sheet in sheets:
        tail = b""
        for chunk in sheet():
            # What lies in the overlap counts twice; a few of a million make no bomb.
            uses.update(_REFERENCE.findall(tail + chunk))
            tail = chunk[-_OVERLAP:]
    return sum(lengths[int(index)] * count for index, count in uses.items() if int(index) < len(lengths))
