"""The prose of a message: without subject line, greeting, farewell, links and template marks (FORMATS.md, too_complex)."""

from __future__ import annotations

import re

from duecourse.core.language.sentences import Sentence, sentences

FIELD = re.compile(r"\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
SUBJECT = re.compile(r"^[ \t]*(?:subject|re|betreff|objet|asunto)[ \t]*:[^\n]*", re.IGNORECASE | re.MULTILINE)
LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|co|io|uk|au|us|in|za|nz|ie|ca|eu|de|fr|es|example|test"
    r"|app|pay|link|info|biz)(?:\.[a-z]{2})?(?:/\S*)?\b|\S+@\S+",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"\A\s*(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|to)\b[^\n.!?]{0,60}?(?:,|:|!|\.(?=\s)|\n|(?= - )|(?= – ))"
    r"|(?:dear|hi|hello)\s+(?:mr|mrs|ms|dr|miss)?\.?\s*[A-Z][\w'-]*\s)",
    re.IGNORECASE,
)
FAREWELL = re.compile(
    r"^[ \t]*(?:(?:with )?(?:kind|warm|best|many|our best|warmest)?\s*(?:regards|wishes|thanks)|yours (?:sincerely|faithfully|truly)"
    r"|sincerely|respectfully|cheers|thank you|thanks|all the best|take care)[ \t]*[,.!]?[ \t]*(?:\n(?:[^\n.?!]{0,60}(?:\n|\Z)){0,6}|\Z)",
    re.IGNORECASE | re.MULTILINE,
)


def prose(text: str) -> list[Sentence]:
    """The sentences a grade is taken from, with their places in `text`.

    >>> [s.words for s in prose("Subject: A note\\n\\nDear Sam,\\n\\nYour bill is open. See https://pay.example/1\\n\\nRegards,\\nAna")]
    ['Your bill is open.', 'See']
    """
    bare = text
    for what in (TAG, SUBJECT, FAREWELL):
        bare = what.sub(_blank, bare)
    greeting = GREETING.match(bare)
    if greeting:
        bare = _blank(greeting) + bare[greeting.end() :]
    bare = LINK.sub(_blank, FIELD.sub(_field, bare))
    return [s for s in sentences(bare) if re.search(r"[A-Za-z]{2}", s.words)]


def _blank(found: re.Match[str]) -> str:
    # Same length, so that places stay true; line breaks stay, since they end sentences.
    return re.sub(r"[^\n]", " ", found.group())


def _field(found: re.Match[str]) -> str:
    """A merge field reads like a short word; one that holds a link like none."""
    whole = found.group()
    return _blank(found) if "url" in whole or len(whole) < 5 else "that" + " " * (len(whole) - 4)
