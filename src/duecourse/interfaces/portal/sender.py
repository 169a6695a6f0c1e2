"""Who writes the letter: the head and the foot of every customer page."""

from __future__ import annotations

from dataclasses import dataclass

from duecourse.core.language.free_help import FreeHelp, free_help, leave_for
from duecourse.records.reads.portal import Account


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


def town(address: str) -> str:
    """The town at the end of an address, for the letterhead; empty where none can be told.

    >>> town("14 Tannery Row\\nLeeds LS2 7EW"), town("77 High Street, Geelong 3220"), town("")
    ('Leeds', 'Geelong', '')
    """
    last = address.replace(",", "\n").strip().split("\n")[-1]
    return (
        " ".join(word for word in last.split() if not any(c.isdigit() for c in word))
        if "\n" in address or "," in address
        else ""
    )


def sender_of(found: Account) -> Sender:
    """The sender of an account's letters."""
    creditor = found.creditor
    return Sender(
        name=creditor.trading_as or creditor.name,
        legal_name=creditor.name,
        place=town(creditor.address),
        contact=creditor.signed_by,
        phone=creditor.phone,
        hours=creditor.phone_hours,
        address=creditor.address,
        email=creditor.email,
        country=found.customer.country or creditor.country,
        person=found.customer.kind == "person",
    )
