"""The last look, with the customer's lock held: may this message still go, and which debts may it name?

The same reasons, holds and gate as the plan; only "a message is waiting" is left out, since this is that message.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from duecourse.core.decide.ages import age
from duecourse.core.decide.eligible import blocked_customers, held_debts
from duecourse.core.decide.follow import follow
from duecourse.core.decide.permits import candidates, law_facts
from duecourse.core.facts.book import INSTANT, Book
from duecourse.core.facts.schema import Schema
from duecourse.core.law.gate import ANSWER, Rulebook, gate

INTENDED: Final[Schema] = {
    "outbox": pl.Int64,
    "customer": pl.Int64,
    "channel": pl.String,
    "point": pl.Int64,
    "purpose": pl.String,
    "debts": pl.List(pl.Int64),  # named in the plan; empty for a message that names none
}
LOOKED: Final[Schema] = {
    "outbox": pl.Int64,
    "answer": pl.Enum(("send", "refuse", "defer")),
    "why": pl.String,
    "not_before": INSTANT,
    "debts": pl.List(pl.Int64),  # still open and free: what the message lists, oldest first
    "rules": ANSWER["rules"],
}

PLAN_NOTICES: Final = ("plan_reminder", "plan_check_in")


def still_owed(intended: pl.DataFrame, book: Book) -> pl.DataFrame:
    """outbox, owed_on_plan: notices about a plan for which something may still be said today."""
    notices = follow(book).filter(pl.col("notice").is_in(["remind", "check_in"]))
    purpose = pl.col("notice").cast(pl.String).replace({"remind": "plan_reminder", "check_in": "plan_check_in"})
    said = notices.select(purpose=purpose, debt="debts").explode("debt")
    return (
        intended.filter(pl.col("purpose").is_in(PLAN_NOTICES))
        .select("outbox", "purpose", debt="debts")
        .explode("debt")
        .join(said, on=["purpose", "debt"], how="semi")
        .select("outbox", owed_on_plan=pl.lit(True))
        .unique()
    )


def recheck(intended: pl.DataFrame, book: Book, *, rules: Rulebook, trace: bool = False) -> pl.DataFrame:
    """One answer per intended message, in the shape of LOOKED; `trace` lists the rules that were kept too.

    A reminder needs at least one of its debts still open and free. A receipt answers the customer's own act, so that
    holds and promises do not stop it; the address and the gate still may. A word about a plan needs its instalment still owed.
    """
    aged = age(book)
    free = (
        aged.filter((pl.col("open") > 0) & (pl.col("round") > 0))
        .join(held_debts(book), on="debt", how="left")
        .filter(pl.col("held").is_null())
        .sort("customer", "due", "debt")
    )
    named = (
        intended.select("outbox", debt="debts")
        .explode("debt")
        .drop_nulls("debt")
        .join(free, on="debt")
        .sort("outbox", "due", "debt")
        .group_by("outbox", maintain_order=True)
        .agg(debts="debt")
    )
    blocked = blocked_customers(book, aged).filter(pl.col("why") != "message_waiting").rename({"why": "blocked"})
    usable = book.points.select("point", usable=pl.lit(True))
    out = book.opt_outs.select("customer", "channel", out="point")
    opted = (
        intended.select("outbox", "customer", "channel", "point")
        .join(out, on=["customer", "channel"])
        .filter(pl.col("out").is_null() | (pl.col("out") == pl.col("point")))
        .select("outbox", opted=pl.lit(True))
        .unique()
    )
    reminder = pl.col("purpose") == "reminder"
    about_plan = pl.col("purpose").is_in(PLAN_NOTICES)
    why = (
        pl.when(pl.col("usable").is_null())
        .then(pl.lit("no_contact_point"))
        .when(pl.col("opted").is_not_null() & reminder)
        .then(pl.lit("opted_out"))
        .when(reminder & pl.col("blocked").is_not_null())
        .then(pl.col("blocked"))
        .when(reminder & pl.col("free_debts").is_null())
        .then(pl.lit("nothing_open"))
        .when(about_plan & pl.col("owed_on_plan").is_null())
        .then(pl.lit("instalment_settled"))
    )
    looked = (
        intended.rename({"debts": "planned"})
        .join(named.rename({"debts": "free_debts"}), on="outbox", how="left")
        .join(blocked, on="customer", how="left")
        .join(usable, on="point", how="left")
        .join(opted, on="outbox", how="left")
        .join(still_owed(intended, book), on="outbox", how="left")
        .with_columns(why=why, debts=pl.when(reminder).then(pl.col("free_debts")).otherwise(pl.col("planned")))
    )
    asked = looked.filter(pl.col("why").is_null())
    answers = gate(
        candidates(asked, book, key="outbox"), law_facts(book, asked["customer"]), rules=rules, trace=trace
    ).select(pl.col("candidate").alias("outbox"), "verdict", "not_before", "rules")
    gated = looked.join(answers, on="outbox", how="left")
    return gated.select(
        "outbox",
        answer=pl.when(pl.col("why").is_not_null() | (pl.col("verdict") == "block"))
        .then(pl.lit("refuse"))
        .when(pl.col("verdict") == "defer")
        .then(pl.lit("defer"))
        .otherwise(pl.lit("send")),
        why=pl.coalesce(
            "why", pl.when(pl.col("verdict") != "allow").then("rule:" + pl.col("rules").list.first().struct.field("id"))
        ),
        not_before="not_before",
        debts=pl.col("debts"),
        rules="rules",
    ).select([pl.col(c).cast(t) for c, t in LOOKED.items()])
