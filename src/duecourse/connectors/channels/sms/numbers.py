"""Telephone numbers as people write them, made callable: country from the number itself, or the customer's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import phonenumbers
from phonenumbers import PhoneNumberType as Type

Line = Literal["", "mobile", "fixed", "bad"]
_TEXTS: Final = {Type.MOBILE, Type.FIXED_LINE_OR_MOBILE, Type.PAGER, Type.PERSONAL_NUMBER}


@dataclass(frozen=True, slots=True)
class Number:
    """`e164` starts with +; `line` says whether a text can reach it."""

    e164: str
    line: Line


class BadNumber(ValueError):
    """Nothing can be sent to it; the message says why and what mends it, without the number."""

    def __init__(self, why: str, line: Line) -> None:
        super().__init__(why)
        self.line = line


def number(said: str, country: str = "") -> Number:
    """Raises BadNumber. In North America mobile and fixed numbers look the same: they count as mobile.

    >>> number("07700 900123", "GB"), number("+1 (212) 555-0123")
    (Number(e164='+447700900123', line='mobile'), Number(e164='+12125550123', line='mobile'))
    >>> number("020 7946 0018", "GB").line
    'fixed'
    >>> number("07700 900123")
    Traceback (most recent call last):
    duecourse.connectors.channels.sms.numbers.BadNumber: the number names no country: write it with + and the country's code
    """
    try:
        read = phonenumbers.parse(said, country.upper() or None)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE and not said.strip().startswith(
            "+"
        ):
            raise BadNumber("the number names no country: write it with + and the country's code", "") from None
        raise BadNumber("it is not a telephone number: look for a better one", "bad") from None
    if not phonenumbers.is_possible_number(read):
        raise BadNumber("the number is too short or too long: look for a better one", "bad")
    kind = phonenumbers.number_type(read)
    # Ranges kept for films and tests are in no plan; a possible number of an unknown kind is tried, the provider decides.
    line: Line = "mobile" if kind in _TEXTS or kind == Type.UNKNOWN else "fixed"
    return Number(phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164), line)


def mobile(said: str, country: str = "") -> str:
    """The number to text. Raises BadNumber where it is a landline, too.

    >>> mobile("020 7946 0018", "GB")
    Traceback (most recent call last):
    duecourse.connectors.channels.sms.numbers.BadNumber: the number is a landline: ask for a mobile number
    """
    found = number(said, country)
    if found.line == "fixed":
        raise BadNumber("the number is a landline: ask for a mobile number", "fixed")
    return found.e164
