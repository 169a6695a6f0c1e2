"""`bench pages`: the worklist, a customer's page and a customer's link, asked for by two readers at once on two web workers.

The reference is the same number of requests for the sign-in page of the same server: what a page costs before it reads anything.
"""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from duecourse.actions.day import run_day
from duecourse.actions.pay_link import LIFE, token
from duecourse.bench.book import clear
from duecourse.bench.day import NOW
from duecourse.bench.measure import Measured
from duecourse.core.decide.playbook import packaged
from duecourse.core.law.rulebook import Rulebook
from duecourse.records.ledger.models import PayLink
from duecourse.records.parties.models import Customer
from duecourse.records.tenancy import scope

ASKED = 400
READERS = 2


def run(measured: Measured, progress: Callable[[str], None]) -> None:
    """Fills `measured`: seconds for ASKED pages of each kind; milliseconds at p50 and p95."""
    progress("the day, so that there is work to list")
    with connections["owner"].cursor() as cursor:
        clear(cursor)  # of an earlier bench on the same book
    with TemporaryDirectory() as folder:
        run_day(
            at=NOW, as_of=NOW.date(), playbook=packaged("polite@1"), rules=Rulebook.load(as_of=NOW.date()), folder=Path(folder),
            code_version="bench",
        )  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    people, links = _sample()
    cookie = _signed_in()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "duecourse.site.web", str(port)])
    try:
        _await(port)
        kinds = {
            "worklist": (["/desk/"] * ASKED, cookie),
            "customer": ([f"/desk/c/{shard}/{id_}/" for shard, id_ in people], cookie),
            "link": ([f"/p/{link}/" for link in links], ""),
            "sign-in (reference)": (["/account/login/"] * ASKED, ""),
        }
        for kind, (paths, sent) in kinds.items():
            progress(kind)
            _ask(port, paths[:20], sent)  # warm
            started = time.perf_counter()
            took = _ask(port, paths, sent)
            seconds = time.perf_counter() - started
            if "reference" in kind:
                measured.reference["sign-in, as often"] = seconds * (len(kinds) - 1)
            else:
                measured.stages[kind] = seconds
                measured.rows[kind] = len(paths)
            measured.more[f"{kind} ms p50"], measured.more[f"{kind} ms p95"] = (
                round(1000 * statistics.median(took), 1),
                round(1000 * statistics.quantiles(took, n=20)[18], 1),
            )
    finally:
        server.terminate()
        server.wait()


def _sample() -> tuple[list[tuple[int, int]], list[str]]:
    """Customers spread over the book, and a pay link for each."""
    with scope("all"):
        total = Customer.objects.count()
        step = max(1, total // ASKED)
        wanted = [1_000_000 + i * step for i in range(ASKED)]
        people = list(Customer.objects.filter(id__in=wanted).values_list("shard", "id", "creditor_id"))
        links = PayLink.objects.bulk_create(
            PayLink(shard=shard, creditor_id=creditor, customer_id=id_, created_at=NOW, expires_at=NOW + 3 * LIFE)
            for shard, id_, creditor in people
        )
    return [(shard, id_) for shard, id_, _ in people], [token(k.creditor_id, k.shard, k.id) for k in links]


def _signed_in() -> str:
    user, _ = get_user_model().objects.get_or_create(username="bench", defaults={"is_superuser": True})
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"


def _ask(port: int, paths: Sequence[str], cookie: str) -> list[float]:
    """Seconds of each request, asked by READERS at once over kept connections. Raises where a page is not 200."""

    def reader(mine: Sequence[str]) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        took = []
        for path in mine:
            started = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = connection.getresponse()
            answer.read()
            took.append(time.perf_counter() - started)
            if answer.status != 200:
                raise RuntimeError(f"a page answered {answer.status}")
        connection.close()
        return took

    with ThreadPoolExecutor(READERS) as pool:
        return [t for part in pool.map(reader, [paths[i::READERS] for i in range(READERS)]) for t in part]


def _await(port: int) -> None:
    for _ in range(600):
        try:
            _ask(port, ["/account/login/"], "")
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the web server did not start")
