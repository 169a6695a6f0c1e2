"""What a text of a purpose must say before it may be published or sent, and what it lacks.

>>> [each.says for each in lacking("Hello.", channel="sms", purpose="reminder", language="en")]
['optout', 'ways_to_pay']
>>> lacking("Please see our page: https://x.example Reply STOP to stop texts.", channel="sms", purpose="reminder", language="en")
()
"""

from __future__ import annotations

from dataclasses import dataclass

from duecourse.core.law.statements import data, judged_in, says


@dataclass(frozen=True, slots=True)
class Lack:
    """A statement that is not there: its name, the rule that asks for it with its citation, and the mend."""

    says: str
    rule: str
    citation: str
    mend: str


def lacking(text: str, *, channel: str, purpose: str, language: str, us_collector: bool = False) -> tuple[Lack, ...]:
    """`channel`: email, sms, letter or call_script; `us_collector`: a debt collector writes to somebody in the United States.

    A text is judged in its own language; one in a language without data is judged as English.
    """
    found = []
    for need in data("needs")["need"]:
        asked = (
            channel in need["where"] and purpose in need.get("of", (purpose,)) and purpose not in need.get("unless", ())
        )
        if (
            asked
            and (need["when"] == "always" or us_collector)
            and says(text, need["says"], judged_in(language)) is None
        ):
            found.append(Lack(need["says"], need["rule"], need["citation"], need["mend"]))
    return tuple(found)
