"""Free, independent advice by country, named on every page and letter; and a plain page to leave for in a hurry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FreeHelp:
    """Advice that costs nothing and is not ours. `line` is one short sentence."""

    name: str
    line: str
    url: str


_ANYWHERE: Final = FreeHelp(
    "a list of where to look",
    "Most countries have free, independent advice about money.",
    "https://en.wikipedia.org/wiki/Credit_counseling",
)
_COMPANY: Final = {
    "GB": FreeHelp(
        "Business Debtline",
        "Business Debtline gives free, independent advice to small firms.",
        "https://www.businessdebtline.org/",
    ),
    "AU": FreeHelp(
        "Small Business Debt Helpline",
        "The Small Business Debt Helpline gives free, independent advice to small firms.",
        "https://sbdh.org.au/",
    ),
    "US": FreeHelp("SCORE", "SCORE gives free, independent advice to small firms.", "https://www.score.org/"),
}
_PERSON: Final = {
    "GB": FreeHelp(
        "National Debtline", "National Debtline gives free, independent advice.", "https://nationaldebtline.org/"
    ),
    "AU": FreeHelp(
        "National Debt Helpline", "The National Debt Helpline gives free, independent advice.", "https://ndh.org.au/"
    ),
    "US": FreeHelp("NFCC", "NFCC members give independent advice, often at no cost.", "https://www.nfcc.org/"),
    "IE": FreeHelp("MABS", "MABS gives free, independent advice.", "https://mabs.ie/"),
    "NZ": FreeHelp("MoneyTalks", "MoneyTalks gives free, independent advice.", "https://www.moneytalks.co.nz/"),
    "CA": FreeHelp(
        "Credit Counselling Canada",
        "Its members give independent advice, often at no cost.",
        "https://creditcounsellingcanada.ca/",
    ),
}
_LEAVE: Final = {
    "GB": "https://www.gov.uk/bank-holidays",
    "US": "https://www.weather.gov/",
    "AU": "https://www.bom.gov.au/",
}


def free_help(country: str, *, person: bool) -> FreeHelp:
    """The advice to name for a customer of this country (ISO 3166 alpha-2).

    >>> free_help("GB", person=False).name, free_help("GB", person=True).name
    ('Business Debtline', 'National Debtline')
    >>> free_help("IS", person=False).url
    'https://en.wikipedia.org/wiki/Credit_counseling'
    """
    own = _PERSON.get(country, _ANYWHERE)
    return own if person else _COMPANY.get(country, own)


def leave_for(country: str) -> str:
    """A dull, public page: "leave this page" goes there at once.

    >>> leave_for("GB")
    'https://www.gov.uk/bank-holidays'
    """
    return _LEAVE.get(country, "https://www.wikipedia.org/")
