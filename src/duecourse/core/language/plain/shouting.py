"""Capitals that shout. Acronyms, references, currencies and "Reply STOP" do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duecourse.core.language.plain.fault import Found, Kind

_CAPITALS = re.compile(r"(?<![\w{])[A-Z][A-Z']*[A-Z](?![\w}])|(?<![\w{])(?:I|A)(?=\s+[A-Z]{2,})")
_RUN = re.compile(r"(?<![\w{])(?:[A-Z][A-Z']+|I|A)(?:[\s,.!:-]+(?:[A-Z][A-Z']+|[IA])(?![\w}]))+")
_KEYWORD = re.compile(r"\b(?:reply|text|send|sms|type|answer|press|with|or|and|code|word)\s+[\"']?$", re.IGNORECASE)
_BANGS = re.compile(r"!\s*!|!\?|\?!|(?:[!?]){3,}")
_WHY = "Capitals read as shouting."
# English words that are capitals only to be loud. What is not here may be an acronym or a name.
_LOUD = frozenset(
    """about account act action again all already always amount and answer any apology are asap at attention away back bad balance be been before
    bill bills but by call can cannot chance charge come contact court customer date day days deadline deal debt debts default delay demand details do done don't
    due each end enough every excuse excuses expired extra fail failed failure fee fees final finally first for from full get give go have hear
    help here him his hours how if ignore ignored immediate immediately important in into invoice is it its just keep know last late later legal less
    letter made make may me money more most much must my need never next no nor not nothing notice now of off on once one only open or order our
    out outstanding over overdue owe owed owes own paid past pay payable payer paying payment payments please promise promised read real really received refuse
    remain reminder remove reply required respond response right second see send serious seriously settle settled shall should since so soon still
    stop such take than that the their them then there these they this those time times to today tomorrow tonight too under unless until unpaid up
    urgent urgently us very wait waiting want warned warning was we week weeks were what when where which who why will with within without won't work you
    your yours yourself days' immediately! overdue! again! action! today! didn't can't haven't you're you've we're we've it's isn't let let's both did
    does even ever good great here's longer mean means month months never! other others people rather said say says something sorry sure thank thanks think
    twice use way worse wrong yes yet""".split()
)
# A single one of these is loud by itself; others need company.
_LOUD_ALONE = frozenset(
    """act again action all always asap cannot debt default demand don't due every excuses fail failed failure final immediate immediately important
    last late legal money must never no not nothing notice now once only overdue owe owed paid past pay payment payments promised required respond
    seriously stop today tonight tomorrow unless unpaid urgent urgently very warned warning will won't you your still full before cannot court and
    ignore ignored ignoring attention outstanding this please""".split()
)


def shouting(text: str) -> Iterator[Found]:
    """Runs of loud words, single loud words, and rows of exclamation marks."""
    quiet: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        words = re.findall(r"[A-Za-z']+", run.group())
        loud = [w for w in words if w.lower() in _LOUD]
        if len(loud) >= 2 and not _KEYWORD.search(text, 0, run.start()):
            quiet.append(run.span())
            yield _found(text, run.start(), run.end())
    for word in _CAPITALS.finditer(text):
        inside = any(start <= word.start() < end for start, end in quiet)
        if not inside and word.group().lower() in _LOUD_ALONE and not _KEYWORD.search(text, 0, word.start()):
            yield _found(text, word.start(), word.end())
    for bangs in _BANGS.finditer(text):
        yield Found(Kind.AGGRESSIVE_CAPS, bangs.start(), bangs.end(), "A row of exclamation marks shouts.", ".")


def _found(text: str, start: int, end: int) -> Found:
    words = text[start:end]
    first = not text[:start].strip() or text[:start].rstrip()[-1] in ".!?:\n"
    lower = words.lower().replace(" i ", " I ")
    return Found(Kind.AGGRESSIVE_CAPS, start, end, _WHY, lower[:1].upper() + lower[1:] if first else lower)
