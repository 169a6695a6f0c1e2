"""What may be written down about a customer for the law: checked on the way in, so that no rule meets a fact it cannot read.

>>> tell("ceases", {"kind": "cease_communication"})
{'kind': 'cease_communication'}
>>> tell("preferences", {"start_minute": 720, "end_minute": 600})
Traceback (most recent call last):
...
duecourse.core.law.telling.Untold: A time that is not welcome ends after it begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from duecourse.core.facts.circumstances import KINDS, columns
from duecourse.core.facts.law_candidates import RECIPIENTS
from duecourse.core.law.zones import known


class Untold(ValueError):
    """The fact cannot be written down as it is; the message says what would mend it."""


_MEDIA: Final = ("any", "call", "sms", "email", "letter", "portal", "social", "visit")
WORDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("places", "place"): ("home", "work"),
    ("consents", "kind"): (
        "call", "time", "place", "sms", "email", "third_party", "electronic", "esign", "tcpa", "ny_email", "court",
    ),
    ("consents", "given_to"): ("collector", "creditor", "prior_collector"),
    ("suppressions", "medium"): _MEDIA,
    ("suppressions", "scope"): ("marketing",),
    ("points", "kind"): (
        "home_mailing_address", "work_mailing_address", "home_landline", "work_landline", "mobile", "personal_email",
        "employer_email",
    ),
    ("points", "basis"): ("6(d)(4)(i)", "6(d)(4)(ii)", "6(d)(4)(iii)"),
    ("representations", "kind"): ("attorney", "representative"),
    ("ceases", "kind"): ("cease_communication", "refusal_to_pay"),
    ("disputes", "kind"): ("dispute", "original_creditor"),
    ("disputes", "outcome"): ("valid", "not_valid"),
    ("bankruptcies", "kind"): ("filed", "discharged"),
    ("breathing_spaces", "kind"): ("standard", "mental_health_crisis"),
    ("notices", "kind"): (
        "nv_medical_notice", "default_notice_s88", "hardship_notice", "hardship_refusal", "hardship_agreed",
        "plan_in_development", "mental_capacity", "refused_statute_barred", "objection_marketing", "objection",
        "processing_restricted", "identity_theft_605b", "unsubscribe", "last_resort",
    ),
    ("persons", "relation"): RECIPIENTS,
}  # fmt: skip
"""Words that the rules know, by kind and column. A column that is not here is free text, a number, a date or a yes."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "locations": ("tz", "jurisdiction"),
    "preferences": ("start_minute", "end_minute"),
    "places": ("place",),
    "consents": ("kind", "given_to"),
    "suppressions": ("medium",),
    "creditor_notices": ("sent_on", "opt_out_by_on", "complete"),
    "prior_collectors": ("position",),
    "representations": ("kind",),
    "ceases": ("kind",),
    "disputes": ("kind", "written"),
    "bankruptcies": ("kind",),
    "breathing_spaces": ("kind", "starts_on"),
    "notices": ("kind",),
    "persons": ("relation",),
}
"""Columns without which a fact of a kind says nothing."""


def tell(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` as it is kept (JSON values; dates and instants in ISO 8601, empty answers left out). Raises Untold."""
    if kind not in KINDS:
        raise Untold(f"{kind!r} is not a kind of fact. Kinds: {', '.join(KINDS)}.")
    own = columns(kind)
    unknown = sorted(set(data) - set(own))
    if unknown:
        raise Untold(f"A fact of kind {kind} has no {unknown[0]!r}. It may have: {', '.join(own)}.")
    kept = {
        name: _value(kind, name, value, own[name]) for name, value in data.items() if value is not None and value != ""
    }
    for name in NEEDED.get(kind, ()):
        if name not in kept:
            raise Untold(f"A fact of kind {kind} needs {name!r}.")
    _sense(kind, kept)
    return kept


def _value(kind: str, name: str, value: Any, type_: pl.DataType) -> Any:
    words = WORDS.get((kind, name))
    if words is not None and value not in words:
        raise Untold(f"{name} cannot be {value!r}. It may be: {', '.join(words)}.")
    if type_ == pl.Date:
        return _day(name, value)
    if type_.is_temporal():
        return _instant(name, value)
    if type_ == pl.Boolean:
        fits = isinstance(value, bool)
    elif type_.is_integer():
        fits = isinstance(value, int) and not isinstance(value, bool)
    else:
        fits = isinstance(value, str)
    if not fits:
        raise Untold(f"{name} cannot be {value!r}: a {type_} is needed.")
    return value


def _day(name: str, value: Any) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()[:10]
    except (TypeError, ValueError):
        raise Untold(f"{name} must be a date such as 2026-11-25.") from None


def _instant(name: str, value: Any) -> str:
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Untold(f"{name} must be an instant such as 2026-11-25T10:00:00+00:00.") from None
    if at.tzinfo is None:
        raise Untold(f"{name} needs its zone, such as 2026-11-25T10:00:00+00:00.")
    return at.isoformat(timespec="seconds")


def _sense(kind: str, kept: Mapping[str, Any]) -> None:
    start, end = kept.get("start_minute"), kept.get("end_minute")
    if (start is None) != (end is None):
        raise Untold("A time has a beginning and an end.")
    if start is not None and end is not None and not 0 <= start < end <= 1440:
        raise Untold(
            "A time that is not welcome ends after it begins."
            if kind == "preferences"
            else "A time ends after it begins."
        )
    if not 1 <= kept.get("days", 1) <= 127:
        raise Untold("days is a sum of 1 (Monday), 2, 4 … 64 (Sunday).")
    if kind == "locations" and not known(kept["tz"]):
        raise Untold(f"{kept['tz']!r} is no time zone that we know. Write it like Europe/London.")
    for first, last in (("from_on", "until_on"), ("sent_on", "opt_out_by_on"), ("starts_on", "treatment_ended_on")):
        if first in kept and last in kept and kept[last] < kept[first]:
            raise Untold(f"{last} comes before {first}.")
    if kind == "consents" and kept.get("point") not in (None, "home", "work"):
        raise Untold("A consent names a place as home or work; an address is named by its own row.")
