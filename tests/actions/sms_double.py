"""Providers of texts on loopback, as stateful as the real ones: they check who calls, the form, the sender and the segments,
keep what they sent, and know a key again where the real one does."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from duecourse.connectors.channels.sms.segments import segments

OURS = "+447700900999"
LANDLINE, NO_SUCH = "+442079460018", "+447700900404"


@dataclass
class Double:
    """`delivered` counts texts by the outbox row that they are; `fault` is asked before each: status, "hang" or None."""

    kind: str
    url: str = ""
    delivered: Counter[str] = field(default_factory=Counter)
    texts: list[dict] = field(default_factory=list)
    known: dict[str, tuple[str, dict]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def settings(self) -> str:
        """`channels.toml` for this double."""
        of = {
            "twilio": f'account = "AC1"\ntoken = "tok"\nurl = "{self.url}"',
            "vonage": f'api_key = "key"\napi_secret = "sec"\nsignature_secret = "sig"\nurl = "{self.url}"',
            "keyed": f'token = "tok"\nurl = "{self.url}/texts"',
        }[self.kind]
        return f'[text]\nkind = "{self.kind}"\nfrom = "{OURS}"\n{of}\n'

    def accept(self, headers, body: bytes) -> tuple[int, dict]:
        """Status and answer, as the real one gives them."""
        return getattr(self, f"_{self.kind}")(headers, body)

    def _twilio(self, headers, body):
        if headers.get("Authorization") != "Basic " + base64.b64encode(b"AC1:tok").decode():
            return 401, {"code": 20003, "status": 401}
        if headers.get("Content-Type") != "application/x-www-form-urlencoded":
            return 400, {"code": 21602, "status": 400}
        form = {k: v[0] for k, v in parse_qs(body.decode()).items()}
        if form.get("From") != OURS:
            return 400, {"code": 21606, "status": 400}
        if form["To"] == LANDLINE:
            return 400, {"code": 21614, "status": 400}
        if len(form["Body"]) > 1600:
            return 400, {"code": 21617, "status": 400}
        key = form["StatusCallback"].partition("?m=")[2]
        return 201, self._sent(key, form["To"], form["From"], form["Body"], form["StatusCallback"])

    def _vonage(self, headers, body):
        if headers.get("Authorization") != "Basic " + base64.b64encode(b"key:sec").decode():
            return 401, {"title": "Unauthorized"}
        said = json.loads(body)
        if said["channel"] != "sms" or said["message_type"] != "text" or not said["to"].isdigit():
            return 422, {"type": "https://developer.vonage.com/api-errors/messages#1150"}
        if "+" + said["from"] != OURS:
            return 422, {"type": "https://developer.vonage.com/api-errors/messages#1120"}
        return 202, self._sent(
            said["client_ref"], "+" + said["to"], "+" + said["from"], said["text"], said["webhook_url"]
        )

    def _keyed(self, headers, body):
        if headers.get("Authorization") != "Bearer tok":
            return 401, {}
        key = headers.get("Idempotency-Key")
        if not key:
            return 400, {"error": {"code": "key_missing"}}
        digest = hashlib.sha256(body).hexdigest()
        with self.lock:
            if key in self.known:
                before, answer = self.known[key]
                return (200, answer) if before == digest else (422, {"error": {"code": "key_reused"}})
            said = json.loads(body)
            answer = self._sent(key, said["to"], said["from"], said["text"], said["callback"])
            self.known[key] = (digest, answer)
        return 200, answer

    def _sent(self, key, to, sender, words, callback):
        self.delivered[key.strip("<>").split(".")[0]] += 1
        kept = {
            "key": key,
            "to": to,
            "from": sender,
            "text": words,
            "callback": callback,
            "segments": segments(words).count,
        }
        self.texts.append(kept)
        return {"sid": f"SM{len(self.texts)}", "num_segments": str(kept["segments"])}


@contextmanager
def sms_double(kind: str):
    """A running double."""
    double = Double(kind)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fault = double.faults.pop(0) if double.faults else ""
            if fault in ("429", "503"):
                return self._answer(int(fault), {})
            status, answer = double.accept(self.headers, body)
            if status >= 400:
                double.refused.append(str(answer))
            if fault == "lost":  # sent, and the answer never comes back
                self.close_connection = True
                return None
            return self._answer(status, answer)

        def _answer(self, status, answer):
            raw = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    double.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def signed(kind: str, url: str, said: dict, at: int) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a callback as the provider signs it."""
    if kind == "twilio":
        from urllib.parse import urlencode

        from duecourse.connectors.channels.sms.twilio import signature

        return urlencode(said).encode(), {"x-twilio-signature": signature("tok", url, said)}
    body = json.dumps(said).encode()
    if kind == "keyed":
        mac = hmac.new(b"tok", f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        return body, {"duecourse-signature": f"t={at},v1={mac}"}
    part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")  # noqa: E731
    head = (
        part({"alg": "HS256", "typ": "JWT"}) + "." + part({"iat": at, "payload_hash": hashlib.sha256(body).hexdigest()})
    )
    mac = base64.urlsafe_b64encode(hmac.new(b"sig", head.encode(), hashlib.sha256).digest()).decode().rstrip("=")
    return body, {"authorization": f"Bearer {head}.{mac}"}
