"""The limited-content message: a voicemail that tells a listener nothing. 12 CFR 1006.2(j) and its commentary."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.rule import Flag, Numbers, Rule
from duecourse.core.law.scopes import CONTACT, REGF

# A grammar of (j)(1) and (j)(2), in the order in which people speak. Whatever does not fit it is not limited-content.
NAME = r"[A-Z][A-Za-z'’-]+(?: [A-Z]\.)?(?: [A-Z][A-Za-z'’-]+)+"  # given name and family name
BUSINESS = r"(?:the )?[A-Z0-9][\w&'’.-]*?(?:,? (?:of |and |the )?[A-Z&][\w&'’-]*\.?)*"
NUMBER = r"\+?[\d(][\d() .-]{6,}\d(?:,? (?:extension|ext\.?) \d+)?"
ZONE = r"(?: (?:Eastern|Central|Mountain|Pacific|Alaska|Hawaii|local)(?: standard| daylight)? time)?"
TIME = rf"\d{{1,2}}(?::\d{{2}})? ?(?:a\.? ?m\.?|p\.? ?m\.?|o'clock)?{ZONE}"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
DAY = rf"(?:{WEEKDAY}(?: (?:to|through|and|or) {WEEKDAY})?|today|tomorrow|any (?:week)?day|weekdays)"
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATE = rf"{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
HOURS = rf"(?:until|before|by|after|between|from|at) {TIME}(?: ?(?:to|and|until|-) {TIME})?"
SPAN = rf"(?:(?:on )?(?:{DAY}(?:,? {DATE})?|{DATE})(?: {HOURS})?|{HOURS}(?: (?:on )?{DAY})?)"
WHEN = rf"(?:,? {SPAN}(?:,? (?:or|and) {SPAN})*)?"
ANYONE = r"(?:(?:any|one) of (?:our|the) (?:representatives|associates)|(?:any|another|a) (?:representative|associate))"
WHOM = rf"(?:me|us|{NAME}|{ANYONE})(?:(?:,|,? or) (?:{NAME}|{ANYONE}))*"
HELLO = rf"(?:(?:Hi|Hello|Good (?:morning|afternoon|evening))(?: {NAME})?[,.!]? )?"
SPEAKING = r",?(?: (?:and I am |and I'm )?calling)?,? (?:from|with|of|for|on behalf of)"
WHO = rf"(?:[Tt]his is|[Mm]y name is|I am|I'm) {NAME}{SPEAKING} {BUSINESS}"
STAMP = rf"(?: (?:It is|It's|The time is) {TIME}(?:,? (?:on )?{DAY})?(?:,? {DATE})?\.)?"
ASK = r"(?:contact|call|ring|phone|reply to|return my call|return this call|call back|give (?:me|us) a call)"
REPLY = rf" (?:Please|When you can, please) {ASK}(?: {WHOM})?(?: back)?(?: at| on)? {NUMBER}{WHEN}\.?"
LATER = rf"(?: (?:If|When) you (?:call|reply),? you (?:may|can) (?:speak|talk) (?:to|with) {ANYONE}\.)?"
MESSAGE = rf"^{HELLO}{WHO}\.{STAMP}{REPLY}{LATER}(?: (?:Thank you|Thanks|Goodbye)\.?)?$"
REVEALING = (
    r"(?i)\b(?:debts?|collect\w*|recover\w*|receivables?|credit|arrears|overdue|past due|owed?|accounts?|"
    r"balance|payments?|loans?|bureau|legal|law|attorneys?)\b"
)


def is_limited(text: pl.Expr) -> pl.Expr:
    """Does the text hold all of (j)(1), nothing beyond (j)(2), and a business name that does not point to collection?

    >>> import polars as pl
    >>> said = ["This is Robin Smith calling from ABC Inc. Please contact me or Jim Johnson at 1-800-555-1212.",
    ...         "This is ABC Inc. Please call us back at 1-800-555-1212."]
    >>> pl.DataFrame({"text": said}).select(is_limited(pl.col("text"))).to_series().to_list()
    [True, False]
    """
    plain = text.str.strip_chars().str.replace_all(r"\s+", " ")
    return plain.str.contains(MESSAGE) & ~plain.str.contains(REVEALING)


def says_more(_: Numbers) -> pl.Expr:
    """Meant as a limited-content message, but is none."""
    return pl.col("must_qualify_as_lcm") & pl.col("text").is_not_null() & ~is_limited(pl.col("text"))


VOICEMAIL = REGF & CONTACT & pl.col("channel").is_in(["voicemail", "ringless_voicemail"])
RULES: tuple[Rule, ...] = (
    Flag(
        "HOUSE-LCM",
        VOICEMAIL & pl.col("must_qualify_as_lcm").is_null(),
        ("text",),
        lambda _: ~is_limited(pl.col("text")),
        "The house leaves only messages that tell a listener nothing.",
    ),
    Flag(
        "US-REGF-2j-LCM",
        VOICEMAIL,
        ("must_qualify_as_lcm", "text"),
        says_more,
        "Say only your name, a neutral business name, a request to call back, and the number.",
    ),
    Flag(
        "US-REGF-2j-LCM",
        VOICEMAIL & (pl.col("recipient") == "third_party"),
        ("must_qualify_as_lcm",),
        lambda _: pl.col("must_qualify_as_lcm"),
        "A message knowingly left for somebody else is not a limited-content message.",
    ),
    Flag(
        "US-REGF-2j-LCM",
        VOICEMAIL,
        ("must_qualify_as_lcm", "left_for_third_party"),
        lambda _: pl.col("must_qualify_as_lcm") & pl.col("left_for_third_party"),
        "The number is known to be somebody else's.",
    ),
)
