"""Decisions → journal and outbox, in bulk, inside the caller's transaction."""

from __future__ import annotations

from datetime import datetime

import polars as pl
from django.db import connection

from duecourse.core.decide.explain import headline
from duecourse.core.decide.playbook import Playbook
from duecourse.records import arrow

_TASK_TITLES = {
    "no_contact_point": "Find an address: we have none to write to",
    "opted_out": "Asked us not to write to any address we have: decide what is next",
    "facts_in_doubt": "Facts contradict each other: find out which one holds",
    "rule:SCOPE-UNCOVERED": "The law of this place is not in the rulebook: decide by hand",
    "rule:SCOPE-NO-LOCATION": "No usable place is known: find out where they live",
    "rule:SCOPE-NO-TIME": "No time within reach keeps all rules: decide what is next",
    "sequence_finished": "All steps were sent and it is still open: decide what is next",
}


def plan(decisions: pl.DataFrame, *, run_id: int, playbook: Playbook, now: datetime) -> tuple[int, int]:
    """Write the contacts and tasks of a decision frame; returns how many of each."""
    contacts = decisions.filter(pl.col("verdict") == "contact")
    if contacts.height:
        _write_contacts(_with_ids(contacts), run_id, playbook, now)
    return contacts.height, _write_tasks(decisions.filter(pl.col("verdict") == "task"), now)


def _with_ids(contacts: pl.DataFrame) -> pl.DataFrame:
    """Two fresh ids a row: of its decision and of its outbox row."""
    n = contacts.height
    ids = arrow.fresh_ids(2 * n)
    return contacts.with_columns(decision=ids.slice(0, n), outbox=ids.slice(n, n))


def _write_contacts(contacts: pl.DataFrame, run_id: int, playbook: Playbook, now: datetime) -> None:
    of = [pl.col("shard"), pl.col("creditor").alias("creditor_id"), pl.col("customer").alias("customer_id")]
    step = pl.col("step").replace_strict({i + 1: s for i, s in enumerate(playbook.steps)}, return_dtype=pl.String)
    why = pl.struct(
        "why",
        "segment",
        "placed",
        "settled",
        "habit",
        "moved",
        "open_debts",
        "overdue_debts",
        "oldest",
        "step",
        "next_in",
    )
    arrow.copy_into(
        "decision",
        contacts.select(
            *of,
            pl.col("decision").alias("id"),
            pl.col("verdict").cast(pl.String),
            step.alias("step"),
            "channel",
            pl.col("segment").cast(pl.String),
            "not_before",
            why.struct.json_encode().alias("reasons"),
            pl.struct("rules").struct.json_encode().str.strip_prefix('{"rules":').str.strip_suffix("}").alias("rules"),
            "arm",
            "propensity",
        ),
        constants={"run_id": run_id},
    )
    arrow.copy_into(
        "outbox",
        contacts.select(
            *of,
            pl.col("outbox").alias("id"),
            pl.col("decision").alias("decision_id"),
            pl.format("reminder:{}:{}", pl.lit(run_id), "customer").alias("key"),
            "channel",
            pl.col("point").alias("contact_point_id"),
            step.alias("step"),
            pl.struct("debts").struct.json_encode().alias("context"),
            pl.col("not_before").alias("due_at"),
        ),
        constants={
            "run_id": run_id, "purpose": "reminder", "template": "reminder", "state": "due", "created_at": now,
            "changed_at": now, "why": "",
        },
    )  # fmt: skip
    arrow.copy_into(
        "reminder",
        contacts.select(*of, pl.col("outbox").alias("outbox_id"), "debts", "at_step", "rounds", "channel")
        .explode("debts", "at_step", "rounds")
        .filter(pl.col("at_step") > 0)
        .rename({"debts": "debt_id", "at_step": "step", "rounds": "round"}),
        constants={"void": False},
    )


def _write_tasks(tasks: pl.DataFrame, now: datetime) -> int:
    """One open task of a kind per customer, however many days find the same."""
    if tasks.height == 0:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO task (shard, creditor_id, customer_id, kind, title, detail, key, owner, opened_at, closed_by, outcome)"
            " SELECT v.shard, v.creditor, v.customer, v.kind, v.title, v.detail, v.kind || ':' || %s, '', %s, '', ''"
            "   FROM unnest(%s::smallint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[])"
            "        AS v(shard, creditor, customer, kind, title, detail)"
            "  WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.shard = v.shard AND t.customer_id = v.customer"
            "                     AND t.kind = v.kind AND t.closed_at IS NULL)"
            " ON CONFLICT (shard, customer_id, key) DO NOTHING",
            [
                f"{now:%Y-%m}",
                now,
                tasks["shard"].to_list(),
                tasks["creditor"].to_list(),
                tasks["customer"].to_list(),
                tasks["why"].to_list(),
                [_TASK_TITLES[w] for w in tasks["why"]],
                [headline(w) for w in tasks["why"]],
            ],
        )
        return cursor.rowcount
