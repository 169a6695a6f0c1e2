"""Does somebody other than the customer learn of the debt: by a subject line, a voicemail, a postcard, a relative, at work?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duecourse.core.language.plain.demand import AMOUNT
from duecourse.core.language.plain.fault import Found, Kind
from duecourse.core.language.sentences import Sentence

_WHY = "Other people could learn of the debt from this."
_DEBT = (
    r"(?:debts?|owes?|owed|owing|overdue|past due|arrears|unpaid|outstanding|collections?|delinquent|default(?:ed)?|"
    r"late (?:payment|with|on)|behind (?:on|with)|missed (?:\w+ )?payments?|(?:not|never|hasn't|hasnt|haven't|yet to) (?:yet )?(?:paid|settled|cleared)|loan|repayments?|money (?:owed|due)|"
    r"final (?:demand|notice|reminder)|last reminder|payment (?:is |was )?(?:due|overdue|missing|demand)|balance|account (?:is|in|has|that)|(?:his|her|their|the) (?:bill|invoice|account|payments?|instal?ments?)|in (?:financial )?trouble|money troubles|bills?|invoice)"
)
_SUBJECT_DEBT = re.compile(
    r"\b(?:debts?|owe[sd]?|owing|overdue|over due|past[- ]due|arrears|unpaid|outstanding|collections?|delinquen\w+|default(?:ed)?|late payment|missed (?:\w+ )?payments?|final (?:demand|notice|reminder|warning)|last reminder|"
    r"payment (?:demand|overdue|missing|failure|default)|demand for payment|you haven't paid|not paid|failed payment|behind (?:on|with)|court|legal|bailiff|money you)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^[ \t]*(?:subject(?: line)?|re|preview|preheader|push(?: title)?|envelope|on the envelope|outside|caption|title)[ \t]*:[ \t]*(?P<line>[^\n]+?)(?=\n|$|\s+(?:Dear|Hi|Hello)\s)",
    re.IGNORECASE | re.MULTILINE,
)
_OPEN_PLACE = re.compile(
    r"\b(?:voice ?mail|voice message|answer(?:ing)? ?(?:machine|phone)|answerphone|after the (?:tone|beep)|\[?vm\]?:|leav(?:e|ing) (?:you )?(?:a|this) (?:message|voicemail)|(?:this is )?a message for|message (?:is )?for|recorded message|post ?card|on the (?:outside of the )?envelope|window envelope|"
    r"notice ?board|on (?:his|her|their|your|the) (?:front )?door|facebook|social media|linkedin|instagram|group chat|(?:family|office|whatsapp|class|team|work|school|church) (?:chat|group|notice|channel)|timeline|open letter|community board|fax(?:ed)? to|shared inbox|"
    r"reception(?:ist)?|switchboard|front desk|operator|whoever (?:answers|picks up|opens)|whoever is there|anyone (?:who|there)|the person who answers|someone else (?:answers|picks up)|another person (?:answers|picks up))\b",
    re.IGNORECASE,
)
# A desk where one may pay is a way to pay, not somebody who listens.
_PAY_THERE = re.compile(
    r"\b(?:pay|paid|payable|cash|card|cheque|check|online|settle)\b[^!?\n]{0,60}\b(?:at|in) (?:the |our |any )?(?:reception|front desk)\b",
    re.IGNORECASE,
)
_KIN = (
    r"(?:husband|wife|spouse|partner|son|daughter|mother|father|mum|mom|dad|parents?|brother|sister|uncle|aunt(?:ie)?|cousin|nephew|niece|grandmother|grandfather|grandson|granddaughter|gran|nan|"
    r"boyfriend|girlfriend|fianc[eé]e?|flatmate|housemate|roommate|landlord|landlady|tenant|lodger|neighbou?r|friend|boss|manager|supervisor|employer|employee|colleague|co-?worker|workmate|staff member|member of staff|team member|assistant|director|bookkeeper's boss|relative|family|kids|children|apprentice|intern|carer|pastor|teacher)s?"
)
_ABOUT_OTHER = re.compile(
    rf"\b(?:your|the|her|his|their) (?:\w+ )?{_KIN}(?:,? [A-Z]\w+)*(?:'s?\b|\b)[^.!?\n]{{0,80}}\b{_DEBT}\b|\bone of your (?:employees|staff|tenants|workers|people|colleagues|team)\b[^.!?\n]{{0,80}}\b{_DEBT}\b"
    rf"|\b(?:employee|staff member|tenant|colleague|member of your (?:staff|team))\b[^.!?\n]{{0,60}}\b{_DEBT}\b",
    re.IGNORECASE,
)
_TELL_OTHER = re.compile(
    r"\b(?:tell|let|ask|remind|inform|warn|urge|get|make|have|help|persuade|push) (?:him|her|them|(?-i:[A-Z][a-z]+)|mr\.? \w+|mrs\.? \w+|ms\.? \w+|your \w+)\b[^.!?\n]{0,60}\b(?:owes?|owed|debts?|overdue|unpaid|pay (?:us|up|the|his|her|their|what|it)|arrears|behind|settle|late|loan|bill|balance|account is)\b"
    r"|\b(?:can|could|will|would) you (?:please )?(?:pass|tell|let|pay (?:it|this|his|her|their)|ask|make)\b[^.!?\n]{0,60}\b(?:he|she|they|him|her|them|his|their)\b[^.!?\n]{0,60}\b(?:owes?|owed|debts?|overdue|unpaid|pay|arrears|behind|settle|late|loan|bill|balance)\b"
    r"|\b(?:he|she|they|(?-i:(?!(?:It|This|That|Invoices?|Payments?|Accounts?|Balance|Bill|You|We|I|Nobody|Nothing|What|Which|Who|There|Amount|The|A|An|Each|Every|One|All|Money|Which|If|But|And|Your|Our)\b)[A-Z][a-z]+)|mr\.? \w+|mrs\.? \w+|ms\.? \w+) (?:still |currently |now |also )?(?:owes|owe us|is (?:behind|overdue|late with|in debt|in arrears|in default)|has (?:an? |not |missed |yet |some )?(?:\w+ )?(?:debt|overdue|unpaid|outstanding|arrears|paid (?:us|his|her)|payments?)|hasn't paid|has not paid|have not paid|are behind|(?:needs|has|must|ought|is supposed|should) (?:to )?(?:pay|settle|clear))\b"
    r"|\b(?:we|i)(?:'ve| have|'m| am| are|'re| will|'ll)? (?:also |already |now |just )?(?:cc'd|cc'ing|copied in|copying in|copying|copied|told|informed|spoken (?:to|with)|spoke (?:to|with)|written to|wrote to|called|emailed|contacted|let|left (?:a )?(?:message|note|word|details)(?: of \w+ \w+)? (?:with|at|for)|discussed (?:it|this|your \w+) with|rang|messaged|sent (?:a copy|this|copies|it) to|shared (?:this|it|your \w+|the \w+) with)\b[^.!?\n]{0,25}\byour (?:\w+ )?"
    + _KIN
    + r"\b|\b(?:cc|copy|copied|bcc)\b ?(?:to)?:? ?(?:your |the |his |her )?(?:\w+ )?(?:employer|manager|boss|hr|payroll|parents?|wife|husband|family|landlord|colleagues?|team|supervisor|neighbou?rs?)\b|\b(?:dear|hello|hi|attn:?|to:?|for) (?:the )?(?:hr|human resources|payroll|manager of|employer|head ?teacher|line manager|hr team|hr department|hr manager|payroll team|neighbou?r|parents? of|family of|relatives? of|wife of|husband of|colleagues? of)\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"\b(?:do not|don't|never|must not|without|not to|avoid|shouldn't|should not|not)\b[^.!?\n]{0,25}\b(?:say|saying|mention\w*|tell|telling|leave|leaving|give|giving|discuss\w*|reveal\w*|share|sharing|speak|talk|explain\w*|disclos\w*|name|naming|state|stating|hint\w*|refer\w*)\b",
    re.IGNORECASE,
)
_DEBT_WORD = re.compile(rf"\b{_DEBT}\b", re.IGNORECASE)
_STRONG_DEBT = re.compile(
    r"\b(?:debts?|owes?|owed|owing|overdue|past due|arrears|unpaid|outstanding|collections?|delinquent|default(?:ed)?|late payment|behind (?:on|with)|missed (?:\w+ )?payments?|haven't paid|hasn't paid|has not paid|have not paid|not paid|not been paid|loan|money (?:owed|due)|final (?:demand|notice|reminder)|payment (?:is |was )?(?:due|overdue)|"
    r"balance|(?:your|his|her|their|the) (?:bill|invoice|repayments?|instal?ments?|payments?)|account (?:is|in|that is|has) (?:\w+ )?(?:late|overdue|behind|arrears|open|debt)|open invoice|invoice)\b",
    re.IGNORECASE,
)
_CALL_BACK = "Please call {{ creditor.contact }} on {{ creditor.phone }}."
_SUBJECT_INSTEAD = "A note from {{ creditor.name }}"


def disclosure(text: str, parts: list[Sentence], channel: str) -> Iterator[Found]:
    """Places where the debt would be known to others. A guide that forbids to mention it is no fault."""
    for subject in _SUBJECT.finditer(text):
        line = subject.group("line")
        if _SUBJECT_DEBT.search(line) or AMOUNT.search(line):
            yield Found(Kind.THIRD_PARTY_DISCLOSURE, subject.start("line"), subject.end("line"), _WHY, _SUBJECT_INSTEAD)
    open_place = [
        part
        for part in parts
        if _OPEN_PLACE.search(_PAY_THERE.sub(" ", part.words)) and not _FORBIDS.search(part.words)
    ]
    for part in parts:
        if _FORBIDS.search(part.words):
            continue
        other = _ABOUT_OTHER.search(part.words) or _told(part.words)
        in_the_open = bool(open_place) and (_STRONG_DEBT.search(part.words) or AMOUNT.search(part.words))
        if other or in_the_open:
            yield Found(Kind.THIRD_PARTY_DISCLOSURE, part.start, part.end, _WHY, _CALL_BACK)


def _told(words: str) -> bool:
    found = _TELL_OTHER.search(words)
    return bool(found and (_DEBT_WORD.search(words) or AMOUNT.search(words)))
