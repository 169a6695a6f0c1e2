"""Words before a pattern that turn its sense: denied, only supposed, told of somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

# Words between the turn and the pattern may not begin a new thought.
_GAP = r"(?:\s+(?!but\b|because\b|since\b|so\b|and\b|as\b|aber\b|mais\b|pero\b)[\w'-]+){0,4}\s*[\"'(]*$"
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|none|without|isn't|won't|don't|doesn't|didn't|aren't|wasn't|can't|cannot|shan't|wouldn't|haven't|hasn't|hadn't|dont|didnt|havent|hasnt|isnt|wasnt|aint|ain't|far from|nicht|kein\w*|nie|noch nicht|ne|pas|jamais|nunca|tampoco|sin)\b|\bn't\b)"
    + _GAP,
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|in case|whether|might|may|could|would|suppose|should (?:we|i|they)|almost|nearly|close to|on the (?:verge|brink|edge) of|risk(?:s|ing)?(?: of)?|threat(?:en)?\w*|afraid(?: of)?|fear|avoid\w*|rather than|instead of|thinking (?:of|about)|consider\w*|wonder\w*|or else|otherwise|before (?:we|i)|until (?:we|i)|wenn|falls|vielleicht|si|sauf si|peut-être|a menos que|quizás?|tal vez)\b[^.!?;]{0,60}$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:our|my|your|their|his|her|one of our|one of my|a|the|another|biggest|main|largest|big|key|some) (?:\w+ ){0,2}(?:customers?|clients?|suppliers?|buyers?|vendors?|tenants?|landlord|competitors?|contractor|subcontractor|retailer|distributor|wholesaler|courier|neighbou?rs?|friend|bank|employer|ex-employer|boss|old company)\b[^.!?;]{0,50}$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^\W*(?:(?:and|so|but|hi|hello|also|ok|please)\W+)*(?:did|do|does|have|has|is|are|was|were|can|could|will|would|should|what|who|why|how|when|where)\b[^.!]*\?",
    re.IGNORECASE,
)


def denied(words: str, start: int) -> bool:
    """
    >>> denied("we are not insolvent", 11), denied("insolvent, not solvent", 0)
    (True, False)
    """
    return bool(_DENIED.search(words[max(0, start - 60) : start]))


def supposed(words: str, start: int) -> bool:
    """
    >>> supposed("if this goes on we are bankrupt", 23)
    True
    """
    return bool(_SUPPOSED.search(words[max(0, start - 90) : start]))


def of_another(words: str, start: int) -> bool:
    """
    >>> of_another("our biggest customer went into liquidation", 21)
    True
    """
    return bool(_ANOTHER.search(words[max(0, start - 90) : start]))


def asked(words: str, start: int) -> bool:
    """
    >>> asked("Did I pay this?", 6)
    True
    """
    return bool(_ASKED.search(words))


GUARDS: Final[dict[str, Callable[[str, int], bool]]] = {
    "denied": denied,
    "supposed": supposed,
    "of_another": of_another,
    "asked": asked,
}
