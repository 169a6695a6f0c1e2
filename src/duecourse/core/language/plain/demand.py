"""What a request for money must say: how much, by when, how to pay, and where help is (R18, R19)."""

from __future__ import annotations

import re

_MONEY = r"(?:[£€$₹¥₦₱]|\b(?:GBP|USD|EUR|AUD|NZD|CAD|INR|ZAR|CHF|SEK|NOK|DKK|PLN|SGD|HKD|AED|KES|NGN|JPY|R|Rs\.?|US\$|A\$|NZ\$|C\$|S\$|HK\$|R\$|kr)\s?)"
AMOUNT = re.compile(
    rf"{_MONEY}\s?\d[\d.,' ]*\d|{_MONEY}\s?\d"
    r"|\b\d[\d.,']*\s?(?:GBP|USD|EUR|AUD|NZD|CAD|INR|ZAR|CHF|SEK|NOK|DKK|PLN|SGD|HKD|AED|KES|NGN|JPY|pounds?|dollars?|euros?|rupees?|rand|bucks|quid|pence|cents|francs?|kr)\b"
    r"|\b\d[\d.,']*\s?[£€$₹]"
    r"|\{\{[^}]*(?:amount|total|balance|owed|open|sum|instal)[^}]*\}\}|\[(?:the )?(?:amount|total|balance|sum)[^\]]*\]",
    re.IGNORECASE,
)
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?-i:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b)"
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|twenty-one|twenty-eight|thirty)"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}|\b{_MONTH}\s+(?:the\s+)?\d{{1,2}}\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})\b"
    rf"|\b\d{{1,2}}/\d{{1,2}}\b|\b{_WEEKDAY}s?\b|\b(?:today|tomorrow|tonight|midnight|midday|noon|month[- ]end|year[- ]end|payday)\b"
    r"|\bthe \d{1,2}(?:st|nd|rd|th)\b|\bthe (?:first|second|third|fourth|fifth|tenth|fifteenth|twentieth|last (?:day|working day)|end of)\b"
    rf"|\b(?:within|in|after|for) (?:the )?(?:next |coming |another )?{_NUMBER} (?:\w+ )?(?:days?|weeks?|months?|hours?)\b"
    rf"|\b{_NUMBER} (?:\w+ )?(?:days|weeks|months|hours) (?:from|after|of|to)\b|\bend of (?:this |the |next )?(?:day|week|month|year|business)\b"
    r"|\b(?:this|next|coming) (?:week|month|weekend)\b|\bby \d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b|\bin a (?:week|fortnight|month)(?:'s time)?\b|\ba week from\b"
    r"|\bwithin (?:a|the) (?:week|fortnight|month|day)\b|\bfortnight\b|\b(?:eod|eow|eom|cob)\b"
    r"|\{\{[^}]*(?:due|date|deadline|by|until)[^}]*\}\}|\[[^\]]*(?:date|deadline|day)[^\]]*\]",
    re.IGNORECASE,
)
# Dates that say what was, not by when.
_PAST_BEFORE = re.compile(
    r"\b(?:dated|from|issued(?: on)?|sent(?: you)?(?: on)?|invoiced(?: on)?|since|was due(?: on| by)?|were due(?: on| by)?|was payable(?: on)?|fell due(?: on)?"
    r"|went out(?: on)?|delivered(?: on)?|bought(?: on)?|ordered(?: on)?|supplied(?: on)?|wrote(?: to you)?(?: on)?|called(?: you)?(?: on)?|emailed(?: you)?(?: on)?"
    r"|received(?: on)?|made(?: on)?|became due(?: on)?|expired(?: on)?|passed(?: on)?|of|overdue since|late since|started(?: on)?|visit(?:ed)?(?: us)?(?: on)?"
    r"|done(?: on)?|completed(?: on)?|stay(?:ed)?(?: on)?|work(?: on)?|on your (?:visit|order|stay)(?: on)?|signed(?: on)?|was|were|open|hours?|office|line[s]?|lines are|phone)"
    rf"(?:\s*(?::|on|the|{_WEEKDAY},?)){{0,2}}\s*$",
    re.IGNORECASE,
)
_STILL_DUE = re.compile(
    r"\b(?:by|before|until|till|latest|no later than|is due|are due|falls due|deadline)\b[^.\n]{0,25}$", re.IGNORECASE
)
_AFTER_PAST = re.compile(
    r"^\s*(?:\d{4}\s*)?(?:to (?:friday|saturday|sunday)|(?:-|–) ?(?:fri|sat|sun)|invoice|order|delivery|visit|statement|ago|service|stay|overdue|late)\b",
    re.IGNORECASE,
)
_HOURS = re.compile(
    rf"{_WEEKDAY}s?\s*(?:to|-|–|until|and|through)\s*{_WEEKDAY}s?|\b(?:mon|tue|wed|thu|fri)\w*\s*(?:-|–|to)\s*(?:mon|tue|wed|thu|fri|sat|sun)\w*",
    re.IGNORECASE,
)
_WAY = re.compile(
    r"https?://|\bwww\.|\b[\w-]+\.(?:com|org|net|co|io|uk|au|us|in|za|nz|ie|ca|eu|de|fr|es|example|test|pay|app|link)(?:\.[a-z]{2})?(?:/\S*)?\b"
    r"|\bbank (?:transfer|account|details|payment|deposit|app|card|branch|on)\b|\b(?:by|via|through|using|from|with|to|into|at) (?:your |our |the |any |my |a )*(?:bank|card|cheque|check|transfer|phone|eft|cash|direct debit|debit card|credit card|standing order|paypal|app|post office|counter|branch|shop|store|portal|upi|online banking)\b"
    r"|\b(?:debit|credit) cards?\b|\bcards? (?:payment|over|on|by|at|online)\b|\bcheques?\b|\bchecks? (?:to|payable|in the|made)\b|\b(?:by|a|mail|send) check\b|\bwire\b|\btransfer\b|\bdirect debit\b|\bstanding order\b"
    r"|\biban\b|\bbsb\b|\bsort code\b|\baccount (?:number|no\b)|\bswift\b|\brouting number\b|\bpayid\b|\bbpay\b|\bupi\b|\bpaypal\b|\bpaypoint\b|\bzelle\b|\bvenmo\b|\bapple pay\b|\bgoogle pay\b|\bm-?pesa\b|\beft\b|\bach\b|\bbacs\b|\be-?transfer\b|\binterac\b|\bpaytm\b|\bsnapscan\b|\bpayshap\b|\bnetbanking\b|\bgiro\b|\bsepa\b"
    r"|\bpay(?:ing|ments?)? (?:\w+ ){0,3}?(?:online|in the app|in our app|in person|over the phone|by phone|at (?:any|our|the)|in (?:any|our) (?:branch|shop|store)|through (?:the|our|your)|on our (?:website|site|page)|here|via|at the counter|by card|by text|by replying|with one tap|on the web\w*)\b"
    r"|\b(?:in|at) (?:any |our |the |your )?(?:\w+ )?(?:shop|store|branch|counter|post office|office|front desk|till)\b|\bonline\b|\bcash\b|\b(?:pay|payment) (?:link|page|button|portal|app)\b|\b(?:link|button|page) (?:below|above|in this|here|attached)\b|\bqr code\b|\bscan the code\b|\bour (?:app|website|portal|site)\b|\byour (?:account page|online account|account online|banking app|bank app)\b"
    r"|\b(?:call|phone|ring|dial|text)\b[^.\n]{0,40}(?:\+?\d[\d ()-]{5,}\d|\{\{)|\bpay (?:us )?on \+?\d[\d ()-]{5,}|\bto pay,? (?:call|ring|phone|reply)\b|\{\{[^}]*(?:url|link|phone|iban|account_number)[^}]*\}\}|\[[^\]]*(?:link|account|phone|bank)[^\]]*\]|\breply (?:pay|yes|card)\b|\bbank\b[^.\n]{0,20}\d{4}",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(
    r"\b(?:do not|don't|cannot|can't|can not|no need to|unable to|never|please do not|no point|no use|will not|won't|not accept|nobody (?:will|can)|no one (?:will|can))\b[^.!?\n]{0,30}"
    r"\b(?:reply|replies|respond|help|answer|discuss|contact|call|ask|questions?|talk|extensions?|plans?|instalments?|listen|entertain|accept|consider|negotiate|offer)\b|\bnot monitored\b|\bunmonitored\b|\bno[- ]?reply\b|\bno (?:further )?(?:extensions?|plans?|discussion|negotiation|exceptions?|excuses|questions|more time|help)\b|\bthere (?:is|will be) no\b",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"\b(?:reply|write back|write to us|email us|e-mail us|message us|text us|talk to us|speak to us|speak with us|chat with us|tell us|let us know|let me know|tell me|drop us|get in touch|reach out|reach us|come and see us|say so|say if|"
    r"ask us|ask for|ask me|ask about|ask any|ask a|just ask|please ask|do ask|only ask|simply ask|give us a (?:call|ring|shout)|speak to|speak with|talk to|talk it through|talk through|talk about)\b(?!\s+(?:stop|pay now|yes to pay)\b)"
    r"|\b(?:call|phone|ring|contact|email|e-mail|text|write to)\b[^.!?\n]{0,50}\b(?:question|questions|help|wrong|query|queries|worried|plan|time|instalments?|struggling|trouble|hard|cannot|can't|talk|options|worry|unsure|anything|difficult|support|parts|discuss|need)\b"
    r"|\b(?:question|questions|help|wrong|query|queries|worried|struggling|trouble|hard|cannot pay|can't pay|not right|unsure|difficult|disagree|do not agree|don't agree|need (?:more )?time|tight|short)\b[^.!?\n]{0,60}\b(?:call|phone|ring|contact|email|e-mail|text|write|we can|we will|we'll|talk|{{|just)\b"
    r"|\b(?:can|could|may|are able to|happy to|glad to|able to|here to|ready to|like to|want to|love to|would)\b[^.!?\n]{0,20}\b(?:help|support|assist|answer|agree|set up|split|spread|work (?:something|it) out|arrange|look at|find|sort (?:it|this|something))\b"
    r"|\bmore time\b|\b(?:need|want|like|prefer|easier) to (?:talk|chat|speak)\b|\b(?:payment|instal?ment|part[- ]payment|repayment|pay) plans?\b|\bin (?:\w+ )?(?:instal?ments|parts|smaller|steps|stages|pieces)\b|\bspread (?:it|the|this|your|over|out)\b|\bsplit (?:it|the|this)\b|\bpay (?:\w+ )?(?:over time|in parts|part now|bit by bit)\b|\ba plan\b|\bpause\b|\bdifferent date\b|\banother (?:date|day)\b|\bother (?:date|day)\b|\bdate (?:that )?(?:suits|works)\b"
    r"|\bhelp (?:is|page|line|with|you|if|team|from|and|here|paying|at)\b|\bneed (?:any |some |a hand|a little |more )?(?:help|time)\b|\bfree (?:\w+ )?(?:advice|help)\b|\bhard(?:er)? (?:just |right )?(?:now|to pay|time)\b|\bif (?:this|it|anything|something|the amount|the bill|you think|any of this) (?:is|looks?|does not|doesn't|seems?|are)\b[^.!?\n]{0,25}\b(?:wrong|right|off|odd|hard|difficult|mistake|unclear|correct)\b|\bsomething (?:is )?wrong\b|\b(?:any|have|a|with|your|for|other|more) (?:\w+ )?(?:questions?|quer(?:y|ies)|concerns?|worr(?:y|ies))\b|\bquestions\?|\bqueries\?|\btrouble (?:paying|with)\b|\bcan't pay\b|\bcannot pay\b|\bnot able to pay\b|\bstruggling\b|\bmoney is tight\b|\bworried\b|\bquery (?:it|this|the|a|your)\b|\bdispute (?:it|this)\b|\bdo(?:n't| not) (?:agree|recogni[sz]e)\b|\bhelp_url\b|\bwrong_url\b|\breply (?:plan|help|time|call)\b|\btext (?:plan|help|time)\b|\bget in touch\b|\bwe(?:'re| are) (?:here|happy|glad)\b|\bour door\b|\bcall us\b(?![^.!?\n]{0,25}\b(?:to pay|and pay|now|immediately|today to settle)\b)|\bcontact us\b(?![^.!?\n]{0,25}\b(?:to pay|immediately|now|at once|without delay)\b)|\bhave a chat\b|\boptions\b",
    re.IGNORECASE,
)
_DEMAND = re.compile(
    r"\b(?:please (?:pay|settle|send|transfer|make|clear|arrange|choose)|pay (?:by|before|now|today|us|the|your|this|it|online|in full|at|\{\{|[£$€₹])|you owe|is owed|are owed|owed|owing|is due|are due|was due|were due|amount due|balance due|payment due|due (?:on|by|date|now|soon)|now due|past due|overdue|outstanding|unpaid|still open|is open|remains? open|remains? unpaid|"
    r"settle|make (?:a |your |the )?payment|payment of|to pay|must pay|has not been paid|not yet been paid|hasn't been paid|haven't (?:been )?paid|not received (?:your )?payment|have not received|clear (?:your|the|this)|arrears|in debt|the debt|your debt|amount (?:is|of)|we need (?:your )?payment|invoice \S+ (?:for|is|of)|bill (?:for|of|is))\b",
    re.IGNORECASE,
)
_NOT_ASKING = re.compile(
    r"\b(?:thank(?:s| you) for (?:your payment|paying|the payment|settling)|your payment (?:has|was|of [^.\n]{0,20} (?:has|was))\b[^.\n]{0,15}(?:arrived|received|cleared)|we (?:have )?received your payment|nothing (?:is|more|else|left) (?:to pay|owed|open|due)|nothing to pay|no payment is (?:due|needed)|receipt for|is now (?:settled|paid|closed)|is (?:fully )?paid|nothing (?:more|else) (?:for you )?to do|no need to pay|refund|you do not (?:need to|have to) pay|you owe nothing|paid in full|we have paused|is paused|on hold while|plan is (?:set|agreed)|do not pay (?:it|this|anything)|pay nothing)\b",
    re.IGNORECASE,
)


def asks_for_money(text: str) -> bool:
    """Is this a request for money, judged from its words?

    >>> asks_for_money("Invoice 12 for £50 is still open. Please pay by Friday.")
    True
    >>> asks_for_money("Thank you for your payment. Nothing more is due.")
    False
    """
    return bool(_DEMAND.search(text)) and not _NOT_ASKING.search(text)


def has_amount(text: str) -> bool:
    """Is an amount of money named?"""
    return bool(AMOUNT.search(text))


def deadlines(text: str) -> list[str]:
    """The dates and times to act by; not those of the invoice, nor opening hours, nor "soon".

    >>> deadlines("Your invoice of 3 May is open. Please pay by 9 June."), deadlines("Pay soon, please.")
    (['9 June.'], [])
    """
    text = _HOURS.sub(lambda found: " " * len(found.group()), text)
    found = []
    for match in _DATE.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        past = _PAST_BEFORE.search(before) and not _STILL_DUE.search(before)
        if not past and not (_AFTER_PAST.search(text[match.end() :]) and not _STILL_DUE.search(before)):
            found.append(match.group())
    return found


def has_way_to_pay(text: str) -> bool:
    """Does it say how to pay: link, bank, card, cheque, phone or counter?"""
    return bool(_WAY.search(text))


def offers_help(text: str) -> bool:
    """Does it invite an answer, a request for time or a plan, or a query? "Do not reply" is no invitation."""
    return bool(_HELP.search(_NO_REPLY.sub(" ", re.sub(r"(?i)\breply stop\b|\bto stop\b", " ", text))))
