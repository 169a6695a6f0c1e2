"""Which rules people may set aside for one act, by two persons and with a reason. The law never; policy where it is ours to bend.

>>> from duecourse.core.law.rulebook import Rulebook
>>> from datetime import date
>>> rules = Rulebook.load(as_of=date(2026, 11, 25))
>>> may_override("HOUSE-BUDGET", rules), may_override("US-REGF-14b-FREQ", rules), may_override("HOUSE-OPTOUT", rules)
(True, False, False)
"""

from __future__ import annotations

from typing import Final

from duecourse.core.law.rulebook import Rulebook

KEPT: Final = {
    "HOUSE-OPTOUT": "Whoever asked us to stop is left alone until they say otherwise.",
    "HOUSE-CEASE": "Whoever asked in writing to be left alone is left alone.",
    "HOUSE-REPRESENTED": "Whoever is represented is reached through the person who acts for them.",
    "HOUSE-THIRDPARTY": "Nobody else learns of a debt.",
    "HOUSE-WORDING": "A threat or a false claim is mended, not allowed.",
    "HOUSE-STALE": "The ledger is read again first.",
    "HOUSE-SAFE-HARBOUR": "The address is qualified first, by a consent or a check.",
    "HOUSE-LCM": "A voicemail that says more may be heard by others.",
    "SCOPE-NO-LOCATION": "The place is found out and written down first.",
    "SCOPE-NO-TIME": "Time alone does not free it. What holds it is looked at first.",
}
"""House rules that nobody sets aside, each with its reason. A disputed, insolvent or uncovered case is a person's to judge."""


def may_override(rule: str, rules: Rulebook) -> bool:
    """May two persons set this rule aside? A rule that the book does not know may not."""
    return rule in rules and rules[rule].label == "policy" and rule not in KEPT


def why_not(rule: str, rules: Rulebook) -> str:
    """Why nobody may, in words for staff; empty where two persons may.

    >>> from datetime import date
    >>> why_not("US-REGF-14b-FREQ", Rulebook.load(as_of=date(2026, 11, 25)))
    'It is law: 12 CFR 1006.14(b)(2)(i)(A).'
    """
    if may_override(rule, rules):
        return ""
    if rule in KEPT:
        return KEPT[rule]
    if rule not in rules:
        return "It is no rule in force."
    return f"It is {rules[rule].label}: {rules[rule].citation}."
