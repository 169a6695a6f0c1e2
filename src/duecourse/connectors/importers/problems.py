"""What an importer says when a whole file cannot be taken."""

from __future__ import annotations


class Unreadable(Exception):
    """The file is refused as a whole. Says what is wrong, where, and how to mend it; holds no values from the file.

    >>> str(Unreadable("The file is empty.", mend="Export it again."))
    'The file is empty. Export it again.'
    """

    def __init__(self, what: str, *, mend: str, line: int | None = None) -> None:
        self.what, self.mend, self.line = what, mend, line
        where = f" (line {line:,})" if line else ""
        super().__init__(f"{what}{where} {mend}")
