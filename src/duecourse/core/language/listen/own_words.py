"""Only what the sender says now: quoted threads, signatures, legal footers and our own footer are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = r"(?:original message|reply above this line|forwarded message|ursprüngliche nachricht|originalnachricht|original-nachricht|weitergeleitete nachricht|message d'origine|message original|message transféré|mensaje original|mensaje reenviado|messaggio originale|oorspronkelijk bericht)"
# Where the thread below begins: everything after it is old.
_THREAD = re.compile(
    rf"^[ \t]*[-_=*]{{2,}}[ \t]*{_MARK}\b.*$"
    rf"|^[ \t]*#+-? ?(?:please type your reply|reply above).*$|^[ \t]*begin forwarded message:"
    r"|^[ \t]*_{10,}[ \t]*\n(?=[ \t]*\*?(?:from|von|de):)"
    r"|^[ \t]*\*?(?:from|von|de|van|da)[ \t]?:\*?[ \t]?.{1,200}\n(?:.{0,200}\n){0,2}?[ \t]*\*?(?:sent|date|gesendet|datum|envoyé|date|enviado(?: el)?|fecha|to|an|à|para|verzonden|inviato|subject|betreff|objet|asunto)[ \t]?:",
    re.IGNORECASE | re.MULTILINE,
)
# "On 3 May, Ann wrote:" in one to three lines; lines below it that are marked with ">" are old, others may be new.
_WROTE = re.compile(
    r"^[ \t>]*(?:on|am|le|el|op|il)\b[^\n]{4,200}(?:\n[^\n]{1,120}){0,2}?\s?(?:wrote|writes|schrieb[^\n:]{0,80}|a écrit|escribió|schreef[^\n:]{0,80}|ha scritto)[ \t]?:[ \t]*$"
    r"|^[ \t>]*[^\n]{2,80}(?:wrote|schrieb|a écrit|escribió)(?: (?:on|am|le|el) [^\n]{4,60})?[ \t]?:[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
# The same in the middle of a line, as some phones and gateways flatten it.
_WROTE_INLINE = re.compile(
    r"(?:[-_]{2,} ?"
    + _MARK
    + r" ?[-_]*|\b(?:on|am) (?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^\n]{3,150}?(?:wrote|schrieb[^\n:]{0,60}):).*",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED_LINE = re.compile(r"^[ \t]*(?:>|&gt;|\|[ \t]).*$", re.MULTILINE)
_DASHES = re.compile(r"^--[ \t]*$.*\Z", re.MULTILINE | re.DOTALL)
_GOODBYE = re.compile(
    r"^[ \t]*(?:(?:with |my |our )?(?:(?:very |most )?(?:kind(?:est)?|best|warm(?:est)?|many|sincere) )?(?:regards|wishes|thanks(?: (?:and|&) (?:kind |best )?regards)?)|rgds|br|kr|cheers|sincerely|yours(?: (?:sincerely|faithfully|truly))?|sincerely yours|respectfully|thank you|thanks|thx|cordially|"
    r"(?:mit )?(?:freundlichen?|besten?|vielen?|herzlichen?|schönen?|liebe) (?:grüße?n?|grüsse?n?|gruß|dank)|mfg|vg|lg|gruß|hochachtungsvoll|bien cordialement|cordialement|(?:bien )?à vous|salutations(?: distinguées)?|sincères salutations|"
    r"(?:un )?(?:cordial |atento )?saludos?(?: cordial(?:es)?)?|atentamente|gracias)[ \t]*[,.!-]*[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_GOODBYE_INLINE = re.compile(
    r"(?:(?<=[.!?])|(?<=, ))[ \t]*(?:(?:kind|best|warm|many) regards|regards|yours (?:sincerely|faithfully|truly)|sincerely|mit freundlichen grüßen|mfg|cordialement|atentamente|un saludo)[,.]?\s+(?:[A-Z][\w.'&-]*,?\s*){1,5}(?:\||$|\n|(?<=,)).{0,160}\Z",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"^[ \t]*p\.?\s?s\.?\b", re.IGNORECASE)
_DEVICE = re.compile(
    r"^[ \t]*(?:sent (?:from|via|by) (?:my|the|outlook|mail|yahoo|proton)|get outlook for|von meinem .{3,30} gesendet|gesendet (?:von|mit)|envoyé (?:de|depuis)|enviado desde).*$",
    re.IGNORECASE | re.MULTILINE,
)
_FOOTER = re.compile(
    r"\b(?:intended (?:only )?(?:for|recipient|solely)|(?:privileged|confidential) (?:and|information|or)|(?:e-?mail|message|communication|transmission) (?:and any|is|may|contains?|may contain) (?:attach|files|confidential|privileged|intended)|received (?:this|it) (?:e-?mail |message |communication )?in error|if you are not the (?:intended|named|addressee)|"
    r"consider the environment|registered (?:office|in england|in scotland|in ireland|number|company|charity)|company (?:no|number|reg)\b|vat (?:reg|no|number)|authorised and regulated by|scanned (?:for|by)|virus|disclaimer|this is not legal advice|"
    r"geschäftsführer|handelsregister|amtsgericht \w+ hrb|ust-?id|vertraulich|ce message (?:et|est|peut)|destinataire|aviso legal|este (?:correo|mensaje) (?:y|es|puede)|view (?:this|it) in (?:your )?browser|all rights reserved|external (?:e-?mail|sender)|caution: this)\b",
    re.IGNORECASE,
)
# What we write under our own messages, or a list's footer; a person who wants us to stop does not explain how.
_OUR_FOOTER = re.compile(
    r"(?:\b(?:reply|text|txt|send|antworten sie(?: mit)?|répondez|envoyez|responda|envíe)\s+[\"']?(?:stop|halt|end|baja)\b[\"']?\s+(?:to (?:opt|unsub|end|cancel|stop|\d)|at any time|um |pour |para |zum )[^.!?\n]*[.!?]?|\bstop (?:to|2) (?:opt[ -]?out|unsubscribe|end|cancel|stop|\d{4,})[^.!?\n]*[.!?]?"
    r"|\b(?:to|if you (?:wish|want|would like|no longer wish|'d like) to|um sich|pour vous|para darse)\s*(?:unsubscribe|opt[ -]?out|stop receiving|no longer receive|receive these|abzumelden|désabonner|de baja)[^.!?\n]*\b(?:reply|click|text|visit|here|link|send|hier|ici|aquí|klicken|cliquez|pulse)\b[^.!?\n]*[.!?]?|\[?\bunsubscribe\b\]? ?(?:\||-|·|from this list|here)[^\n]*"
    r"|\b(?:msg|message) ?(?:&|and) ?data rates[^.!?\n]*[.!?]?)",
    re.IGNORECASE,
)
_PROSE = re.compile(r"\b(?:i|we|you|please|my|our|is|are|have|has|will|can)\b.*[a-z][.!?](?:\s|$)", re.IGNORECASE)


def own_words(text: str) -> str:
    """The text with everything else blanked out: same length, so that places stay true.

    >>> own_words("Paid today.\\n\\nOn 3 May 2026, Ann <a@b.example> wrote:\\n> Please pay.").strip()
    'Paid today.'
    >>> own_words("Noted.\\nKind regards\\nTom Hall\\nCredit Dept").strip()
    'Noted.'
    """
    keep = bytearray(b"\x01") * len(text)
    end = _thread_begins(text)
    _blank(keep, end, len(text))
    now = text[:end]
    for start, stop in _old(now):
        _blank(keep, start, stop)
    own = _kept(text, keep)
    if own.strip():
        return own
    # Only passed on, or only quoted: then that is the message.
    return text[:end] if now.strip() else text


def _thread_begins(text: str) -> int:
    found = _THREAD.search(text)
    end = found.start() if found else len(text)
    wrote = _WROTE.search(text, 0, end)
    if wrote:
        rest = text[wrote.end() : end].lstrip()
        if not rest.startswith((">", "&gt;", "|")) or not _QUOTED_LINE.sub("", rest).strip():
            end = wrote.start()
    inline = _WROTE_INLINE.search(text, 1, end)
    return inline.start() if inline else end


def _old(text: str) -> Iterator[tuple[int, int]]:
    for find in (_QUOTED_LINE, _WROTE, _DASHES, _DEVICE, _OUR_FOOTER):
        for match in find.finditer(text):
            yield match.span()
    yield from _footers(text)
    goodbye = _GOODBYE.search(text, len(text) - len(text.lstrip()) + 1)
    if goodbye:
        yield from _signature(text, goodbye.start())
    inline = _GOODBYE_INLINE.search(text)
    if inline:
        yield inline.span()


def _footers(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs that only a lawyer wrote; the first one is the message whatever it says."""
    at = 0
    for number, paragraph in enumerate(re.split(r"(?<=\n)[ \t]*\n", text)):
        start = text.index(paragraph, at)
        at = start + len(paragraph)
        if number and _FOOTER.search(paragraph):
            yield start, at


def _signature(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The lines from the goodbye on, but for a postscript or prose that goes on below it."""
    at, after = start, False
    for line in text[start:].splitlines(keepends=True):
        after = after or bool(_POSTSCRIPT.match(line)) or (len(line.split()) > 6 and bool(_PROSE.search(line)))
        if not after or _FOOTER.search(line):
            yield at, at + len(line)
        at += len(line)


def _blank(keep: bytearray, start: int, end: int) -> None:
    keep[start:end] = bytes(end - start)


def _kept(text: str, keep: bytearray) -> str:
    if all(keep):
        return text
    return "".join(char if kept or char == "\n" else " " for char, kept in zip(text, keep, strict=True))
