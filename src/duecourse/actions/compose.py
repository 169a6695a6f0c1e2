"""From an outbox row to what is handed over: a mail, or a text where the channel is that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duecourse.actions.transport import Outgoing
from duecourse.actions.write_letter import data_for, message_for, write
from duecourse.connectors.channels.email import BadAddress, Mail, build
from duecourse.connectors.channels.letter_text import BadTemplate
from duecourse.connectors.channels.sms.numbers import BadNumber, mobile
from duecourse.connectors.channels.sms.segments import plain, segments
from duecourse.connectors.channels.sms.text import MOST_SEGMENTS, Text
from duecourse.core.law.required import lacking

CANNOT = (BadTemplate, BadAddress, BadNumber)
"""Why a message cannot be written: a person mends the template or the address."""


@dataclass(frozen=True)
class Composed:
    """`handed` goes to the transport with `content`; the rest is kept as what was rendered."""

    handed: Outgoing
    content: bytes
    recipient: str
    subject: str
    text: str
    html: str
    template_version: str


@dataclass(frozen=True)
class Letterhead:
    """Where our pages are, whose name stands on what leaves, and which provider carries texts."""

    base_url: str
    mail_from: str
    text_sender: str
    texts_by: str = ""

    def message_id(self, outbox_id: int, link_id: int) -> str:
        return f"<{outbox_id:x}.{link_id:x}@{self.base_url.split('//')[-1].split(':')[0]}>"


def compose(
    letter: Mapping[str, Any],
    debts: Sequence[Mapping[str, Any]],
    *,
    link: str,
    key: str,
    head: Letterhead,
    now: datetime,
) -> Composed:
    """`key` is the Message-ID, on every channel. Raises what CANNOT names."""
    if letter["channel"] == "sms":
        return _text(letter, debts, link, key, head, now)
    rendered = write(letter, debts, link=link, now=now)
    _says_all(letter, rendered.text)
    mail = Mail(
        message_id=key,
        from_name=letter["trading_as"] or letter["creditor_name"],
        from_address=head.mail_from or letter["creditor_email"] or "accounts@localhost",
        to=letter["recipient"],
        reply_to=letter["creditor_email"],
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        unsubscribe_url=f"{link}stop/" if letter["purpose"] == "reminder" else "",
    )
    version = f"{letter['template']}@{message_for(letter).version}"
    return Composed(mail, build(mail), mail.to, mail.subject, mail.text, mail.html, version)


def _text(
    letter: Mapping[str, Any], debts: Sequence[Mapping[str, Any]], link: str, key: str, head: Letterhead, now: datetime
) -> Composed:
    to = mobile(letter["recipient"], letter["country"] or letter["creditor_country"])
    sender = head.text_sender or name_on_phone(letter["trading_as"] or letter["creditor_name"])
    message = message_for(letter)
    words = plain(message.sms(data_for(letter, debts, link=link, now=now)))
    _says_all(letter, words)
    if segments(words).count > MOST_SEGMENTS:
        raise BadTemplate(f"{letter['template']}: the text is longer than {MOST_SEGMENTS} segments")
    callback = f"{head.base_url}/hooks/sms/{head.texts_by}/status/?m={key.strip('<>')}" if head.texts_by else ""
    version = f"{letter['template']}@{message.version}"
    return Composed(
        Text(key, to, sender, words, callback), words.encode(), to, f"Text from {sender}", words, "", version
    )


def _says_all(letter: Mapping[str, Any], text: str) -> None:
    """The last look at the words themselves: a statement that the law or the house asks for is there, or nothing leaves.

    Raises BadTemplate, which names the rule, where one is missing.
    """
    words = message_for(letter).words
    collector = bool(letter["agency"] and letter["customer_kind"] == "person")
    us = (letter["country"] or letter["creditor_country"]) == "US"
    lacks = lacking(
        text, channel=letter["channel"], purpose=words.purpose, language=words.language, us_collector=collector and us
    )
    if lacks:
        raise BadTemplate(f"{letter['template']}: {lacks[0].rule}: {lacks[0].mend} ({lacks[0].citation})")


def name_on_phone(name: str) -> str:
    """What a phone shows as the sender: at most eleven letters, digits and spaces, and never digits alone.

    >>> name_on_phone("Fernleigh Kitchen Supplies Ltd"), name_on_phone("Müller & Söhne")
    ('Fernleigh', 'Mller Shne')
    """
    bare = " ".join(re.sub(r"[^A-Za-z0-9 ]", "", name).split())
    if len(bare) > 11:
        bare = bare[:11].rsplit(" ", 1)[0] if " " in bare[:12] else bare[:11]
    return bare.strip() if re.search("[A-Za-z]", bare) else "Accounts"
