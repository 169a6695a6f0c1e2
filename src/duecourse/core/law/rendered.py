"""What a final text says, as the columns that the gate judges: read here and nowhere else.

>>> said = read(Final("Reply STOP to stop these texts.", "sms", "reminder", "en"))
>>> said["optout_notice"], said["says_from_debt_collector"]
('reply stop to stop these texts.', False)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from duecourse.core.law.rules.voicemail import is_limited
from duecourse.core.law.statements import LANGUAGES, data, judged_in, plain, says


@dataclass(frozen=True)
class Final:
    """A text as it would leave: subject, body and legal lines together. `channel` as the gate knows it.

    `places`: for a validation notice, its places by name: end and since in words, collector and consumer addresses, account,
    creditor, and so on (see `_ITEMS`); a missing place is an item that is not there.
    """

    text: str
    channel: str
    purpose: str
    language: str
    places: Mapping[str, str] | None = None
    end_on: date | None = None


def read(final: Final) -> dict[str, Any]:
    """CONTENT columns that follow from the words alone."""
    spoken = [language for language in LANGUAGES if says(final.text, "attempt", language)]
    found: dict[str, Any] = {
        "text": final.text,
        "optout_notice": _optout(final),
        "says_attempt_to_collect": bool(spoken) and any(says(final.text, "purpose", each) for each in spoken),
        "says_from_debt_collector": any(says(final.text, "collector", each) for each in LANGUAGES),
        "languages": [judged_in(final.language)],
        "disclosure_languages": spoken,
    }
    if found["optout_notice"] and judged_in(final.language) != "en":
        # The rule's own words for a route are English; the statements of this language say what counts as one.
        found["optout_link"] = True
    if final.channel in ("voicemail", "ringless_voicemail"):
        limited = pl.DataFrame({"text": [final.text]}).select(is_limited(pl.col("text"))).item()
        found |= {"must_qualify_as_lcm": True, "qualifies_as_lcm": limited}
    if final.purpose == "validation_notice":
        found |= _validation(final)
    return found


def _optout(final: Final) -> str | None:
    """The line that says how to stop, with the address that follows it."""
    if final.channel not in ("email", "sms"):
        return None
    text = plain(final.text)
    found = says(final.text, "optout", judged_in(final.language)) or says(final.text, "optout", "en")
    if found is None:
        return None
    start = text.rfind("\n", 0, found.start()) + 1
    ends = text.find("\n", found.end())
    line = text[start : ends if ends >= 0 else len(text)]
    following = text[ends + 1 :].split("\n", 1)[0] if ends >= 0 else ""
    return f"{line} {following}" if following.startswith("http") else line


def _validation(final: Final) -> dict[str, Any]:
    text, places = re.sub(r"\s+", " ", plain(final.text)), dict(final.places or {})
    languages = [each for each in ("en", "es") if _holds(text, data("validation")[each]["dispute_prompts"], places)]
    # The notice is judged in the language it is written in; a translation needs the English one with it.
    own = "es" if judged_in(final.language) == "es" else "en"
    words = data("validation")[own]
    items = [name for name, ask in words.items() if name != "electronic" and _holds(text, ask, places)]
    if "on_date" in items:
        items += ["itemization_date"]
        items += ["amount_on_itemization_date"] if _place(text, "on_date_amount", places) else []
    if "current_amount" in items and not _place(text, "now_amount", places):
        items.remove("current_amount")
    for item, names in _ITEMS.items():
        if all(_place(text, name, places) for name in names):
            items.append(item)
    if says(final.text, "attempt", own) and says(final.text, "purpose", own):
        items.append("18e")
    if "www.cfpb.gov/debt-collection" in text:
        items.append("cfpb_url")
    return {
        "items": sorted(set(items) - {"on_date"}),
        "itemization_blank": any(not places.get(name, "").strip() for name in _AMOUNTS),
        "stated_end_on": final.end_on,
        "electronic_dispute_route": _holds(text, words["electronic"], places),
        "english_included": "en" in languages,
    }


_ITEMS = {
    "collector_name_address": ("collector", "collector_address"),
    "consumer_name_address": ("consumer", "consumer_address"),
    "account_number": ("account",),
    "current_creditor": ("creditor",),
    "mailing_block": ("collector_address", "consumer_address"),
}
_AMOUNTS = ("on_date_amount", "interest_amount", "fees_amount", "payments_amount", "credits_amount", "now_amount")


def _place(text: str, name: str, places: Mapping[str, str]) -> bool:
    """Does the text print this value? An account that has no number has nothing to print."""
    value = re.sub(r"\s+", " ", plain(places.get(name, "")))
    return value in text if value else name == "account" and name in places


def _holds(text: str, ask: str | list[str], places: Mapping[str, str]) -> bool:
    asked = [ask] if isinstance(ask, str) else ask
    try:
        return all(plain(each.format_map({k: plain(v) for k, v in places.items()})) in text for each in asked)
    except KeyError:
        return False
