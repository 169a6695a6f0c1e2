"""Twilio's Messages: form-encoded POST, Basic auth; callbacks signed with HMAC-SHA1 over address and form.

Sources: twilio.com/docs/messaging/api/message-resource, /docs/usage/webhooks/webhooks-security. Twilio honours no key
for messages, so a lost answer stays in doubt until its status callback comes: we name the message in its address.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from duecourse.connectors.channels.delivery_report import DeliveryReport
from duecourse.connectors.channels.email import Outcome
from duecourse.connectors.channels.sms.hand_over import hand_over
from duecourse.connectors.channels.sms.text import Call, Came, HookRefused, Text

_LANDLINE: Final = {"30006", "21614"}
_NO_SUCH: Final = {"30005", "21211"}
_STOPPED: Final = {"21610"}
"""Error codes: twilio.com/docs/api/errors. They say that this number never takes a text from us."""


@dataclass(frozen=True)
class Twilio:
    """`account` is the Account SID, `token` the auth token; `sender` a number of ours or an alphanumeric sender."""

    name: str
    account: str
    token: str = field(repr=False)
    sender: str
    url: str = "https://api.twilio.com"
    timeout: float = 20.0
    key_hours: int = field(default=0, init=False)

    def send(self, text: Text) -> tuple[Outcome, str]:
        form = {"To": text.to, "From": text.sender, "Body": text.words}
        if text.callback:
            form["StatusCallback"] = text.callback
        return hand_over(
            f"{self.url}/2010-04-01/Accounts/{quote(self.account)}/Messages.json",
            urlencode(form).encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "Authorization": _basic(self.account, self.token)},
            timeout=self.timeout,
        )

    def parse_receipt(self, call: Call, *, now: datetime) -> DeliveryReport | None:
        form = self._form(call)
        key = dict(parse_qsl(urlsplit(call.url).query)).get("m", "")
        status, code = form.get("MessageStatus", ""), form.get("ErrorCode", "")
        if not key or not status:
            raise HookRefused("unreadable")
        if status in ("delivered", "read"):
            return DeliveryReport(key, "delivered", status)
        if status in ("undelivered", "failed"):
            return DeliveryReport(key, _kind(code), code or status)
        return None

    def parse_inbound(self, call: Call, *, now: datetime) -> Came:
        form = self._form(call)
        if not form.get("MessageSid") or not form.get("From"):
            raise HookRefused("unreadable")
        return Came(form["MessageSid"], form["From"], form.get("To", ""), form.get("Body", ""))

    def _form(self, call: Call) -> Mapping[str, str]:
        """The form, once its signature holds."""
        if "x-twilio-signature" not in call.headers:
            raise HookRefused("missing")
        try:
            form = dict(parse_qsl(call.body.decode("utf-8"), keep_blank_values=True, max_num_fields=200))
        except ValueError:
            raise HookRefused("malformed") from None
        if not hmac.compare_digest(signature(self.token, call.url, form), call.headers["x-twilio-signature"]):
            raise HookRefused("signature")
        return form


def signature(token: str, url: str, form: Mapping[str, str]) -> str:
    """Base64 of HMAC-SHA1 over the address and the form's names and values in order of the names.

    The example of Twilio's own page:

    >>> said = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675310", "Digits": "1234", "From": "+14158675310", "To": "+18005551212"}
    >>> signature("12345", "https://example.com/myapp.php?foo=1&bar=2", said)
    'L/OH5YylLD5NRKLltdqwSvS0BnU='
    """
    signed = url + "".join(f"{name}{form[name]}" for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def _kind(code: str):  # type: ignore[no-untyped-def]
    return (
        "landline"
        if code in _LANDLINE
        else "bounced"
        if code in _NO_SUCH
        else "stopped"
        if code in _STOPPED
        else "undelivered"
    )


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
