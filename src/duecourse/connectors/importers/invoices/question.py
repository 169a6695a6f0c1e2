"""What only a person can say. Asked once; the answer is kept for files of the same shape."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One answer: the value that is kept, words for it, an example from the file read that way, and the flag to give."""

    value: bool | str
    label: str
    example: str = ""
    flag: str = ""


@dataclass(frozen=True)
class Question:
    """`key` names the convention that the answer sets: day_first, decimal_comma, encoding, tax_included or currency."""

    key: str
    text: str
    options: tuple[Option, ...] = ()

    @property
    def flags(self) -> str:
        """The command line flags that answer it, for a message."""
        return " or ".join(option.flag for option in self.options if option.flag)
