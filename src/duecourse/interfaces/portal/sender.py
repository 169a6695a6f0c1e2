"""Who writes the letter: the head and the foot of every customer page."""

from __future__ import annotations

from dataclasses import dataclass

from duecourse.core.language.free_help import FreeHelp, free_help, leave_for


@dataclass(frozen=True, slots=True)
class Sender:
    """A creditor as a customer sees it. A named person signs every page."""

    name: str
    legal_name: str
    place: str = ""
    contact: str = ""
    phone: str = ""
    hours: str = ""
    address: str = ""
    email: str = ""
    country: str = "GB"
    person: bool = False

    @property
    def initials(self) -> str:
        """
        >>> Sender("Fernleigh Kitchen Supplies", "Fernleigh Kitchen Supplies Ltd").initials
        'FK'
        """
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    @property
    def phone_uri(self) -> str:
        return "".join(c for c in self.phone if c.isdigit() or c == "+")

    @property
    def free_help(self) -> FreeHelp:
        return free_help(self.country, person=self.person)

    @property
    def leave_url(self) -> str:
        return leave_for(self.country)
