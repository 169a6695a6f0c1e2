"""Send what is due: claim, lock, look again, render, mark, commit; then hand over; then record.

    due ──claim──► (refused | due later) or marked ──commit──► hand-over ──► sent | failed | due later | uncertain

A mark is durable before its call, and a marked message is never called twice: after a kill it is put right by `recover`
where that is certain, and shown to a person where it is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

import polars as pl

from duecourse.actions.keep_rulings import Answered, keep_rulings
from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.actions.pay_link import LIFE, token
from duecourse.actions.record_outcome import Told, record
from duecourse.actions.worker import Worker
from duecourse.actions.write_letter import write
from duecourse.connectors.channels.email import BadAddress, Mail, Outcome, ServerDown, build
from duecourse.connectors.channels.letter_text import BadTemplate, template
from duecourse.core.decide.permits import law_facts
from duecourse.core.decide.recheck import INTENDED, recheck
from duecourse.core.facts.law import LawFacts
from duecourse.core.law.gate import Rulebook
from duecourse.records import arrow, snapshot
from duecourse.records.failpoint import failpoint
from duecourse.records.journal.claim import claim, postpone, settle, void_reminders
from duecourse.records.locking import lock_customers
from duecourse.records.reads import mailing
from duecourse.records.tenancy import scope

STALE_MARK = timedelta(seconds=30)
"""A mark older than this is not acted on: the rest of the batch goes back to be looked at again."""


class Transport(Protocol):
    """Where messages go: an SMTP session, or the sandbox, which keeps them for the outbox page."""

    sandbox: bool

    def send(self, mail: Mail, content: bytes) -> tuple[Outcome, str]:
        """Raises ServerDown where nothing can be handed over now."""


class Sandbox:
    """Nothing leaves the machine: the message is kept as rendered, and counts as accepted."""

    sandbox = True

    def send(self, mail: Mail, content: bytes) -> tuple[Outcome, str]:
        return Outcome.ACCEPTED, "sandbox"


@dataclass(frozen=True)
class Sender:
    """How this installation sends: worker, transport, the address of its pages, the clock, and when to stop."""

    worker: Worker
    transport: Transport
    base_url: str
    mail_from: str
    clock: Callable[[], datetime]
    rules: Callable[[date], Rulebook]
    batch: int = 200
    stopping: Callable[[], bool] = lambda: False


@dataclass
class Marked:
    """A message that is durably marked, ready to be handed over."""

    shard: int
    outbox_id: int
    tries: int
    mail: Mail
    content: bytes


@dataclass
class Sent:
    """What one batch came to, counted by outcome: accepted, refused, deferred, failed, not_now, unknown."""

    claimed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    server_down: str = ""


def send_batch(sender: Sender) -> Sent:
    """One batch from claim to record. Returns at once with `claimed == 0` where nothing is due."""
    marked_at = sender.clock()
    result = Sent()
    with scope("all"):
        sender.worker.prove_alive()
        marked = _mark(sender, result, now=marked_at)
        failpoint("send.before_mark_commit")
    failpoint("send.after_mark")
    if marked:
        told = _hand_over(sender, marked, marked_at, result)
        failpoint("send.before_record")
        with scope("all"):
            record(told, now=sender.clock(), said_by=f"worker {sender.worker.id}")
        failpoint("send.after_record")
        result.counts.update(t.outcome.value for t in told)
    return result


def _hand_over(sender: Sender, marked: Sequence[Marked], marked_at: datetime, result: Sent) -> list[Told]:
    told: list[Told] = []
    log = sender.worker.log
    for m in marked:
        key = (m.shard, m.outbox_id)
        if result.server_down:
            told.append(Told(*key, Outcome.NOT_NOW, result.server_down, m.tries))
        elif sender.stopping():
            told.append(Told(*key, Outcome.NOT_NOW, "the worker was asked to stop", 0, timedelta(0)))
        elif sender.clock() - marked_at > STALE_MARK:
            told.append(Told(*key, Outcome.NOT_NOW, "looked at too long ago; looking again", 0, timedelta(0)))
        else:
            log.begin(m.outbox_id)
            failpoint("send.before_call")
            try:
                outcome, detail = sender.transport.send(m.mail, m.content)
            except ServerDown as error:
                outcome, detail = Outcome.NOT_NOW, f"the mail server cannot be reached ({error})"
                result.server_down = detail
            failpoint("send.after_call")
            log.end(m.outbox_id, outcome.value, detail)
            failpoint("send.after_log")
            told.append(Told(*key, outcome, detail, m.tries))
    return told


def _mark(sender: Sender, result: Sent, *, now: datetime) -> list[Marked]:
    """Claim and look again in the running transaction; returns the messages that are marked by it."""
    rows = claim(now=now, limit=sender.batch, channels=("email",))
    failpoint("send.after_claim")
    locked = lock_customers([(r["shard"], r["customer_id"]) for r in rows], skip_locked=True)
    # One message a customer and batch: each is judged by what has gone before, so the next one waits until this one counts.
    first = {(r["shard"], r["customer_id"]): r for r in reversed(rows)}
    rows = [r for r in rows if (r["shard"], r["customer_id"]) in locked and first[r["shard"], r["customer_id"]] is r]
    result.claimed = len(rows)
    if not rows:
        return []
    failpoint("send.after_lock")
    looked = _look_again(sender, rows, now)
    failpoint("send.after_look")
    by_id = {r["id"]: r for r in rows}
    _turn_away(looked, by_id, result, now=now)
    going = [r for r in looked if r["answer"] == "send"]
    return _write(sender, [(by_id[r["outbox"]], r["debts"] or []) for r in going], result, now=now)


def _look_again(sender: Sender, rows: Sequence[Mapping[str, Any]], now: datetime) -> list[dict[str, Any]]:
    # Read after the locks are held: a payment or hold that committed before is seen, one that did not waits for us.
    book = snapshot.of_customers(sorted({(r["shard"], r["customer_id"]) for r in rows}), at=now)
    intended = pl.DataFrame(
        {
            "outbox": [r["id"] for r in rows],
            "customer": [r["customer_id"] for r in rows],
            "channel": [r["channel"] for r in rows],
            "point": [r["contact_point_id"] for r in rows],
            "purpose": [r["purpose"] for r in rows],
            "debts": [r["debts"] for r in rows],
        },
        schema=INTENDED,
    )
    rules = sender.rules(now.date())
    looked = recheck(intended, book, rules=rules, trace=True).to_dicts()
    _keep_receipts(rows, looked, law_facts(book, intended["customer"]), rules, f"worker {sender.worker.id}", now)
    return looked


def _keep_receipts(
    rows: Sequence[Mapping[str, Any]],
    looked: Sequence[Mapping[str, Any]],
    facts: LawFacts,
    rules: Rulebook,
    by: str,
    now: datetime,
) -> None:
    """The receipt of each message at its last look, whether it went or not."""
    by_id = {r["id"]: r for r in rows}
    answers = [
        Answered(
            *(by_id[r["outbox"]][name] for name in ("shard", "creditor_id", "customer_id", "channel")),
            verdict={"send": "allow", "refuse": "block", "defer": "defer"}[r["answer"]],
            rules=r["rules"] or [],
            not_before=r["not_before"],
            asked_by=by,
            asked={
                "purpose": by_id[r["outbox"]]["purpose"],
                "point": by_id[r["outbox"]]["contact_point_id"],
                "why": r["why"],
            },
            debts=r["debts"] or [],
            outbox_id=r["outbox"],
        )
        for r in looked
    ]
    keep_rulings(answers, facts, rules_digest=rules.fingerprint, at=now)


def _turn_away(looked: Sequence[Mapping[str, Any]], by_id: Mapping[int, Any], result: Sent, *, now: datetime) -> None:
    refused = [
        (by_id[r["outbox"]]["shard"], r["outbox"], "refused", r["why"]) for r in looked if r["answer"] == "refuse"
    ]
    deferred = [
        (by_id[r["outbox"]]["shard"], r["outbox"], r["not_before"].isoformat(), r["why"])
        for r in looked
        if r["answer"] == "defer"
    ]
    settle(refused, now=now)
    void_reminders([(shard, id_) for shard, id_, _, _ in refused])
    postpone(deferred, now=now)
    result.counts["refused"] += len(refused)
    result.counts["deferred"] += len(deferred)


def _write(
    sender: Sender, going: Sequence[tuple[Mapping[str, Any], list[int]]], result: Sent, *, now: datetime
) -> list[Marked]:
    if not going:
        return []
    letters = mailing.letters([(r["shard"], r["id"]) for r, _ in going])
    debts = mailing.debts([(r["shard"], debt) for r, ids in going for debt in ids])
    link_ids = arrow.fresh_ids(len(going)).to_list()
    marked: list[Marked] = []
    messages: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    broken: list[tuple[Mapping[str, Any], str]] = []
    for (row, ids), link_id in zip(going, link_ids, strict=True):
        letter = letters[row["id"]]
        link = f"{sender.base_url}/p/{token(row['creditor_id'], row['shard'], link_id)}/"
        try:
            rendered = write(letter, [debts[d] for d in ids if d in debts], link=link, now=now)
            mail = Mail(
                message_id=f"<{row['id']:x}.{link_id:x}@{sender.base_url.split('//')[-1].split(':')[0]}>",
                from_name=letter["trading_as"] or letter["creditor_name"],
                from_address=sender.mail_from or letter["creditor_email"] or "accounts@localhost",
                to=letter["recipient"],
                reply_to=letter["creditor_email"],
                subject=rendered.subject,
                text=rendered.text,
                html=rendered.html,
                unsubscribe_url=f"{link}stop/" if row["purpose"] == "reminder" else "",
            )
            content = build(mail)
        except (BadTemplate, BadAddress) as error:
            broken.append((row, str(error)))
            continue
        marked.append(Marked(row["shard"], row["id"], row["tries"], mail, content))
        of = {"shard": row["shard"], "creditor_id": row["creditor_id"], "customer_id": row["customer_id"]}
        links.append({**of, "id": link_id, "outbox_id": row["id"], "created_at": now, "expires_at": now + LIFE})
        messages.append(
            {
                **of,
                "outbox_id": row["id"],
                "number": row["tries"] + 1,
                "message_id": mail.message_id,
                "recipient": mail.to,
                "subject": mail.subject,
                "text": mail.text,
                "html": mail.html,
                "content_hash": sha256(content).hexdigest(),
                "template_version": f"{letter['template']}@{template(letter['template']).version}",
                "channel": row["channel"],
                "purpose": row["purpose"],
                "contact_point_id": row["contact_point_id"],
                "debts": "{" + ",".join(map(str, ids)) + "}" if ids else None,
            }
        )
    _keep(messages, links, sender, now)
    settle([(m.shard, m.outbox_id, "marked", "") for m in marked], now=now)
    _give_up(broken, result, now=now)
    return marked


def _keep(messages: Sequence[dict[str, Any]], links: Sequence[dict[str, Any]], sender: Sender, now: datetime) -> None:
    """Rows of the mark, in bulk: message as rendered, attempt, contact, pay link."""
    if not messages:
        return
    frame = pl.DataFrame(messages)
    of = ["shard", "creditor_id", "customer_id", "outbox_id"]
    arrow.copy_into("pay_link", pl.DataFrame(links))
    arrow.copy_into(
        "message",
        frame.select(*of, "message_id", "recipient", "subject", "text", "html", "content_hash", "template_version"),
        constants={"rendered_at": now},
    )
    arrow.copy_into(
        "attempt",
        frame.select(*of, "number"),
        constants={"worker": sender.worker.id, "sandbox": sender.transport.sandbox, "marked_at": now},
    )
    # The contact counts from its first mark: an uncertain message may have arrived, and doubt must not overrun a budget.
    arrow.copy_into(
        "contact",
        frame.filter(pl.col("number") == 1).select(*of, "channel", "purpose", "contact_point_id", "debts"),
        constants={"direction": "out", "outcome": "attempted", "team": "collections", "summary": "", "at": now},
    )


def _give_up(broken: Sequence[tuple[Mapping[str, Any], str]], result: Sent, *, now: datetime) -> None:
    settle([(row["shard"], row["id"], "failed", why.splitlines()[0][:300]) for row, why in broken], now=now)
    void_reminders([(row["shard"], row["id"]) for row, _ in broken])
    open_tasks(
        [
            NewTask(
                row["shard"], row["creditor_id"], row["customer_id"], "cannot_write",
                "A message could not be written. Mend the address or the template", f"cannot_write:{row['id']}",
                why.splitlines()[0][:300],
            )
            for row, why in broken
        ],
        now=now,
    )  # fmt: skip
    result.counts["failed"] += len(broken)
