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
from typing import Any

import polars as pl

from duecourse.actions.compose import CANNOT, Composed, Letterhead, compose
from duecourse.actions.doubt import earlier_texts, leave_in_doubt
from duecourse.actions.give_up import give_up
from duecourse.actions.keep_rulings import Answered, keep_rulings
from duecourse.actions.pay_link import LIFE, token
from duecourse.actions.record_outcome import Told, record
from duecourse.actions.tickets import told
from duecourse.actions.transport import Outgoing, Transport
from duecourse.actions.worker import Worker
from duecourse.connectors.channels.email import Outcome, ServerDown
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

_SERVERS = {"email": "the mail server", "sms": "the provider of texts"}
STALE_MARK = timedelta(seconds=30)
"""A mark older than this is not acted on: the rest of the batch goes back to be looked at again."""


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
    texts_by: str = ""
    """Name of the provider of texts, in the address that it tells a text's fate to."""
    down: dict[str, str] = field(default_factory=dict)
    """Channel → why nothing can be handed over now: its messages are left alone, the others go on."""
    stopping: Callable[[], bool] = lambda: False


@dataclass
class Marked:
    """A message that is durably marked, ready to be handed over."""

    shard: int
    outbox_id: int
    tries: int
    channel: str
    mail: Outgoing
    content: bytes
    key_until: datetime | None
    """The provider sends nothing twice until then, so that a lost answer may be asked for again."""


@dataclass
class Sent:
    """What one batch came to, counted by outcome: accepted, refused, deferred, failed, not_now, unknown."""

    claimed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    server_down: str = ""
    """Why messages of some channel wait."""


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
        fates = _hand_over(sender, marked, marked_at)
        failpoint("send.before_record")
        with scope("all"):
            record(fates, now=sender.clock(), said_by=f"worker {sender.worker.id}")
        failpoint("send.after_record")
        result.counts.update(t.outcome.value for t in fates)
    result.server_down = "; ".join(sorted(sender.down.values()))
    return result


def _hand_over(sender: Sender, marked: Sequence[Marked], marked_at: datetime) -> list[Told]:
    fates: list[Told] = []
    log = sender.worker.log
    for m in marked:
        key = (m.shard, m.outbox_id)
        if m.channel in sender.down:
            fates.append(Told(*key, Outcome.NOT_NOW, sender.down[m.channel], m.tries))
        elif sender.stopping():
            fates.append(Told(*key, Outcome.NOT_NOW, "the worker was asked to stop", 0, timedelta(0)))
        elif sender.clock() - marked_at > STALE_MARK:
            fates.append(Told(*key, Outcome.NOT_NOW, "looked at too long ago; looking again", 0, timedelta(0)))
        else:
            log.begin(m.outbox_id)
            failpoint("send.before_call")
            try:
                outcome, detail = sender.transport.send(m.mail, m.content)
            except ServerDown as error:
                outcome, detail = Outcome.NOT_NOW, f"{_SERVERS[m.channel]} cannot be reached ({error})"
                sender.down[m.channel] = detail
            failpoint("send.after_call")
            log.end(m.outbox_id, outcome.value, detail)
            failpoint("send.after_log")
            again = m.key_until is not None and sender.clock() < m.key_until
            fates.append(Told(*key, outcome, detail, m.tries, keyed=again))
    return fates


def _mark(sender: Sender, result: Sent, *, now: datetime) -> list[Marked]:
    """Claim and look again in the running transaction; returns the messages that are marked by it."""
    channels = tuple(channel for channel in sender.transport.channels if channel not in sender.down)
    rows = claim(now=now, limit=sender.batch, channels=channels)
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
    looked = leave_in_doubt(looked, by_id, now=now)
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
    before = earlier_texts([(r["shard"], r["id"]) for r, _ in going if r["doubt"]])
    link_ids = arrow.fresh_ids(len(going)).to_list()
    head = Letterhead(sender.base_url, sender.mail_from, sender.transport.text_sender, sender.texts_by)
    marked: list[Marked] = []
    rows: list[dict[str, Any]] = []
    broken: list[tuple[Mapping[str, Any], Exception]] = []
    changed: list[tuple[int, int, str, str]] = []
    for (row, ids), fresh_id in zip(going, link_ids, strict=True):
        earlier = before.get(row["id"])
        link_id = earlier.link_id if earlier else fresh_id
        link = f"{sender.base_url}/p/{token(row['creditor_id'], row['shard'], link_id)}/"
        key = earlier.key if earlier else head.message_id(row["id"], link_id)
        try:
            written = compose(
                letters[row["id"]], [debts[d] for d in ids if d in debts], link=link, key=key, head=head, now=now
            )
        except CANNOT as error:
            broken.append((row, error))
            continue
        if earlier and earlier.text != written.text:
            changed.append((row["shard"], row["id"], "uncertain", "it may have arrived, and would read otherwise now"))
            continue
        life = sender.transport.key_life(row["channel"])
        until = row["key_until"] or (now + life if life else None)
        marked.append(
            Marked(row["shard"], row["id"], row["tries"], row["channel"], written.handed, written.content, until)
        )
        rows.append(_kept(row, ids, link_id, key, written, until, again=earlier is not None))
    _keep(rows, sender, now)
    told(
        [
            (m.shard, m.outbox_id, letters[m.outbox_id]["answered"]["id"])
            for m in marked
            if letters[m.outbox_id]["answered"]
        ]
    )
    settle([(m.shard, m.outbox_id, "marked", "") for m in marked], now=now)
    settle(changed, now=now)
    give_up(broken, now=now)
    result.counts["failed"] += len(broken)
    return marked


def _kept(
    row: Mapping[str, Any],
    ids: list[int],
    link_id: int,
    key: str,
    written: Composed,
    until: datetime | None,
    *,
    again: bool,
) -> dict[str, Any]:
    """A row that holds the columns of all tables of the mark."""
    return {
        "shard": row["shard"],
        "creditor_id": row["creditor_id"],
        "customer_id": row["customer_id"],
        "outbox_id": row["id"],
        "link_id": link_id,
        "number": row["attempts"] + 1,
        "key_until_at": until,
        "message_id": key,
        "recipient": written.recipient,
        "subject": written.subject,
        "text": written.text,
        "html": written.html,
        "content_hash": sha256(written.content).hexdigest(),
        "template_version": written.template_version,
        "channel": row["channel"],
        "purpose": row["purpose"],
        "contact_point_id": row["contact_point_id"],
        "debts": "{" + ",".join(map(str, ids)) + "}" if ids else None,
        "again": again,
    }


def _keep(rows: Sequence[dict[str, Any]], sender: Sender, now: datetime) -> None:
    """Rows of the mark, in bulk: message as rendered, attempt, contact, pay link. The same words again add an attempt only."""
    if not rows:
        return
    frame = pl.DataFrame(rows, schema_overrides={"key_until_at": pl.Datetime("us", "UTC"), "debts": pl.String})
    of = ["shard", "creditor_id", "customer_id", "outbox_id"]
    new = frame.filter(~pl.col("again"))
    if new.height:
        links = new.select(*of, pl.col("link_id").alias("id"))
        arrow.copy_into("pay_link", links, constants={"created_at": now, "expires_at": now + LIFE})
        arrow.copy_into(
            "message",
            new.select(*of, "message_id", "recipient", "subject", "text", "html", "content_hash", "template_version"),
            constants={"rendered_at": now},
        )
    arrow.copy_into(
        "attempt",
        frame.select(*of, "number", "key_until_at"),
        constants={"worker": sender.worker.id, "sandbox": sender.transport.sandbox, "marked_at": now},
    )
    # The contact counts from its first mark: an uncertain message may have arrived, and doubt must not overrun a budget.
    first = frame.filter(pl.col("number") == 1)
    if first.height:
        arrow.copy_into(
            "contact",
            first.select(*of, "channel", "purpose", "contact_point_id", "debts"),
            constants={"direction": "out", "outcome": "attempted", "team": "collections", "summary": "", "at": now},
        )
