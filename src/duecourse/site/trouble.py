"""What went wrong in words for the person at the keyboard, and how to mend it."""

from __future__ import annotations


class Trouble(Exception):
    """A fault that the person can mend.

    >>> print(Trouble("Port 8000 is taken.", "Use --port to choose another."))
    Port 8000 is taken.
    Use --port to choose another.
    """

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what}\n{mend}".rstrip())
        self.what = what
        self.mend = mend
