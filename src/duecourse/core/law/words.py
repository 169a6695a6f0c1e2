"""Sure readings of what a person said: stop words, media, places, attorneys. Anything unsure is left to a person.

47 CFR 64.1200(a)(10) names stop, quit, end, revoke, opt out, cancel, unsubscribe; any other clear words count too.

>>> sorted(media_to_stop("Please don't text me any more.", through="call"))
['sms']
>>> media_to_stop("  sToP!! ", through="sms"), media_to_stop("I'll stop by tomorrow", through="sms")
({'sms'}, set())
"""

from __future__ import annotations

import re

MEDIA = {
    "call": r"(?:call(?:s|ing)?|phon(?:e|ing)|ring(?:ing)?|telephon(?:e|ing)|dial(?:l?ing)?|voicemails?)",
    "sms": r"(?:text(?:s|ing)?(?: messages?)?|sms)",
    "email": r"(?:e-?mail(?:s|ing)?)",
    "letter": r"(?:mail(?:ing)?|letters?|post(?:ing)?|writing)",
}
WORD = (
    r"(?:stop|stopp|stopall|quit|end|revoke|opt ?-?out|cancel|unsubscribe|remove(?: me)?|"
    r"alto|pare|parar|basta|detener|cancelar|baja|no m[aá]s)"
)
SINGLE = re.compile(rf"(?:please |pls )?(?:{WORD}[ -]*)+(?:(?:all|it|now|this|please|pls|thanks|thank you) ?)*")
NEGATION = r"(?:stop|quit|no more|no further|no|don'?t|do not|never|cease|enough|not want)"
BETWEEN = (
    r"(?: (?:me|my|us|the|any|all|more|further|these|those|your|you|sending|send|getting|of|to|want|with|by|ever)){0,5}"
)
STOPS = {medium: re.compile(rf"\b{NEGATION}\b{BETWEEN} {word}\b") for medium, word in MEDIA.items()}
AWAY = re.compile(
    r"\b(?:remove|take|delete|get) (?:me|my \w+|this number)(?: \w+){0,3} (?:off|from)\b|\btake me off\b|"
    r"\bopt(?:ing)? (?:me )?out\b|\bunsubscribe\b|\bi revoke\b|\b(?:revoke|withdraw) my consent\b"
)
CONTACT = r"(?:contact(?:ing)?|communicat\w+|bother(?:ing)?)"
ANY = re.compile(rf"\b(?:stop|quit|don'?t|do not|never|cease)\b{BETWEEN} {CONTACT}\b|\bleave me alone\b")
MESSAGES = re.compile(r"\b(?:stop|no more|no further|don'?t|do not|cease)\b[^.!?]{0,25}\b(?:messages?|messaging)\b")
REFUSAL = re.compile(
    r"\brefuse to pay\b|\b(?:will not|won'?t|not going to|never) (?:be )?pay(?:ing)?\b|\bam not paying\b"
)
BARRED = re.compile(r"\b(?:statute|time)[- ]barred\b|\btoo old\b|\blimitation\b")
AT_WORK = r"(?:at|while (?:i'?m )?at|when i'?m at) (?:my )?(?:work|job|workplace|the office)"
WORKPLACE = re.compile(
    rf"\b(?:can'?t|cannot|can not|not allowed to|may not|not permitted to)\b[^.!?]{{0,40}}\b{AT_WORK}\b|"
    r"\b(?:employer|boss|work|company) (?:does not|doesn'?t|won'?t|will not|forbids?|prohibits?)\b|"
    rf"\b(?:don'?t|do not|stop|never) (?:call|contact|ring|phone)(?:ing)?[^.!?]{{0,20}} {AT_WORK}\b"
)
HOMEPLACE = re.compile(
    r"\b(?:don'?t|do not|stop|never) (?:call|contact|ring|phone|write|writ)(?:ing)?[^.!?]{0,20} at (?:my )?home\b"
)
LAWYER = re.compile(r"\b(?:attorney|lawyer|solicitor|legal counsel)\b")
STRANGER = re.compile(
    r"\bwrong (?:person|number|address)\b|\bnot (?:my|his|her) (?:number|phone|address|debt)\b|\bsomeone else\b|"
    r"\bdon'?t know (?:him|her|them|this person)\b|\btheir debt\b"
)
CALLBACK = re.compile(
    r"\b(?:call|ring|phone) (?:me|us)\b|\bcall (?:back|again)\b|\bgive me a (?:call|ring)\b|\breturn my call\b"
)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower().replace("’", "'")).strip(" .!?,;:\"'*")


def media_to_stop(text: str, through: str) -> set[str]:
    """Media that the words rule out; `through` is the medium they came by. `any` = every medium.

    Empty = no sure request.
    """
    plain = _plain(text)
    if SINGLE.fullmatch(re.sub(r"[^\w\s'-]", "", plain).strip()):
        return {through}
    named = {medium for medium, request in STOPS.items() if request.search(plain)}
    if named:
        return named
    if ANY.search(plain):
        return {"any"}
    if AWAY.search(plain) or MESSAGES.search(plain):
        return {through}
    return set()


def asks_to_cease(text: str) -> bool:
    """Wants all contact to end, or refuses to pay. Counts as a cease request only in writing.

    >>> asks_to_cease("Stop contacting me about this debt."), asks_to_cease("stop")
    (True, False)
    """
    plain = _plain(text)
    return bool(ANY.search(plain) or REFUSAL.search(plain))


def refuses_as_barred(text: str) -> bool:
    """Will not pay because the debt is too old for court."""
    plain = _plain(text)
    return bool(BARRED.search(plain) and (REFUSAL.search(plain) or "not pay" in plain))


def rules_out_work(text: str) -> bool:
    """Says that contact at work is not allowed or wanted.

    >>> rules_out_work("I can't take personal calls at work."), rules_out_work("I am at work")
    (True, False)
    """
    return bool(WORKPLACE.search(_plain(text)))


def rules_out_home(text: str) -> bool:
    """Says not to be contacted at home."""
    return bool(HOMEPLACE.search(_plain(text)))


def has_lawyer(text: str) -> bool:
    """Mentions a lawyer who acts."""
    return bool(LAWYER.search(_plain(text)))


def is_stranger(text: str) -> bool:
    """The writer is not the person meant."""
    return bool(STRANGER.search(_plain(text)))


def asks_to_be_called(text: str) -> bool:
    """Asks for a call."""
    return bool(CALLBACK.search(_plain(text))) and not media_to_stop(text, "call")
