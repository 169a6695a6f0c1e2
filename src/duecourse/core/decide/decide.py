"""The decision: facts in; one row for every customer out, "do nothing" included, each with its reason.

    segment → eligible → propose → choose → gate

Pure: the same book, playbook and rules give the same frame to the bit.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from duecourse.core.decide.ages import age
from duecourse.core.decide.choose import points
from duecourse.core.decide.eligible import blocked_customers, held_debts, wrote_lately
from duecourse.core.decide.permits import candidates, law_facts
from duecourse.core.decide.playbook import Playbook
from duecourse.core.decide.segment import SEGMENT, segment
from duecourse.core.decide.steps import reach
from duecourse.core.facts.book import INSTANT, Book
from duecourse.core.facts.schema import Schema
from duecourse.core.law.gate import ANSWER, Rulebook, gate
from duecourse.core.money.currency import scaled

DECISIONS: Final[Schema] = {
    "customer": pl.Int64,
    "shard": pl.Int16,
    "creditor": pl.Int64,
    "segment": SEGMENT,
    "settled": pl.Int32,
    "habit": pl.Float32,
    "placed": pl.Boolean,  # a person chose the segment
    "moved": pl.Int16,  # days by which a forecast moves the steps: before 0 earlier, above 0 later
    "open_debts": pl.Int32,
    "overdue_debts": pl.Int32,
    "oldest": pl.Int32,  # days late of the oldest open debt; null where nothing is open
    "verdict": pl.Enum(("contact", "task", "wait", "nothing")),
    "why": pl.String,
    "step": pl.Int16,  # place in the playbook; 0: none
    "channel": pl.String,
    "point": pl.Int64,
    "not_before": INSTANT,
    "next_in": pl.Int32,  # days until the next step opens; null where none is left
    "debts": pl.List(pl.Int64),  # named in the message, oldest first
    "at_step": pl.List(pl.Int16),  # the step it reaches with this message; 0: named again, no new step
    "rounds": pl.List(pl.Int16),
    "rules": ANSWER["rules"],
}
"""The decision frame. `why` is a code whose words are in `explain`."""


def decide(book: Book, *, playbook: Playbook, rules: Rulebook) -> pl.DataFrame:
    """One row per customer of the book, ordered by customer, in the shape of DECISIONS."""
    aged = age(book)
    segments = segment(aged, book.customers, playbook=playbook, placed=book.placed)
    debts = _open_debts(book, aged, segments, playbook)
    base = _base(book, segments, debts).join(blocked_customers(book, aged), on="customer", how="left")

    proposed = _propose(
        base.join(wrote_lately(book, aged, playbook=playbook), on="customer", how="left"), debts, playbook
    )
    chosen = proposed.join(
        points(
            book,
            proposed.filter(pl.col("why").is_null() & (pl.col("step") > 0)).select("customer", "step"),
            playbook=playbook,
        ),
        on="customer",
        how="left",
    )
    judged = _judge(chosen, book, rules)
    out = judged.sort("customer").select([pl.col(c).cast(t) for c, t in DECISIONS.items()])
    assert out.height == book.customers.height, "a decision is made for every customer"
    return out


def _open_debts(book: Book, aged: pl.DataFrame, segments: pl.DataFrame, playbook: Playbook) -> pl.DataFrame:
    done = book.reminded.group_by("debt", "round").agg(done=pl.col("step").max())
    return (
        aged.filter(pl.col("open") > 0)
        .join(segments.select("customer", "segment", "habit"), on="customer")
        .join(
            book.expected.select("customer", likely_late="late", likely_alone="alone").unique("customer"),
            on="customer",
            how="left",
        )
        .join(done, on=["debt", "round"], how="left")
        .with_columns(pl.col("done").fill_null(0))
        .join(held_debts(book), on="debt", how="left")
        .pipe(reach, playbook=playbook)
    )


def _base(book: Book, segments: pl.DataFrame, debts: pl.DataFrame) -> pl.DataFrame:
    late = pl.col("late")
    return (
        book.customers.select("customer", "shard", "creditor")
        .join(segments, on="customer")
        .join(
            debts.group_by("customer").agg(
                open_debts=pl.len(),
                overdue_debts=(late > 0).sum(),
                oldest=late.max(),
                moved=pl.when((late > 0).any()).then(pl.col("moved").max()).otherwise(pl.col("moved").min()),
                held_debts=pl.col("held").is_not_null().sum(),
            ),
            on="customer",
            how="left",
        )
        .with_columns(pl.col("open_debts", "overdue_debts", "held_debts", "moved").fill_null(0))
    )


def _propose(base: pl.DataFrame, debts: pl.DataFrame, playbook: Playbook) -> pl.DataFrame:
    """The step a customer is at: the furthest that any of their free debts has reached and not had."""
    free = debts.filter(pl.col("held").is_null())
    fresh = pl.col("reached") > pl.col("done")
    mentioned = (fresh | (pl.col("late") >= 0)) & (pl.col("reached") > 0)
    worth = (
        free.filter(mentioned)
        .group_by("customer", "currency")
        .agg(pl.col("open").sum())
        .filter(pl.col("open") >= scaled(playbook.least, pl.col("currency")))
        .select("customer", worth=pl.lit(True))
        .unique("customer")
    )
    per_customer = (
        free.sort("customer", "due", "debt")
        .group_by("customer", maintain_order=True)
        .agg(
            step=pl.col("reached").filter(fresh).max(),
            finished=pl.col("finished").any(),
            next_in=pl.col("next_in").min(),
            debts=pl.col("debt").filter(mentioned),
            at_step=pl.when(fresh).then("reached").otherwise(0).filter(mentioned),
            rounds=pl.col("round").filter(mentioned),
        )
    )
    why = (
        pl.when(pl.col("open_debts") == 0)
        .then(pl.lit("nothing_open"))
        .when(pl.col("why").is_not_null())
        .then(pl.col("why"))
        .when(pl.col("held_debts") == pl.col("open_debts"))
        .then(pl.lit("hold:debts"))
        .when((pl.col("step") > 0) & ~pl.col("worth"))
        .then(pl.lit("too_small"))
        .when((pl.col("step") > 0) & pl.col("lately").is_not_null())
        .then(pl.lit("wrote_lately"))
        .when(pl.col("step") > 0)
        .then(None)
        .when(pl.col("finished"))
        .then(pl.lit("sequence_finished"))
        .when(pl.col("overdue_debts") == 0)
        .then(pl.lit("not_due"))
        .when(pl.col("moved") > 0)
        .then(pl.lit("likely_alone"))
        .otherwise(pl.lit("step_done"))
    )
    return (
        base.join(per_customer, on="customer", how="left")
        .join(worth, on="customer", how="left")
        .with_columns(pl.col("step").fill_null(0), pl.col("finished", "worth").fill_null(False))
        .with_columns(why=why)
    )


_FOR_A_PERSON: Final = ("rule:SCOPE-UNCOVERED", "rule:SCOPE-NO-LOCATION", "rule:SCOPE-NO-TIME")
"""Holds that no time and no machine lifts: somebody has to look."""


def _judge(chosen: pl.DataFrame, book: Book, rules: Rulebook) -> pl.DataFrame:
    """Ask the gate about every candidate, and turn its answers into verdicts."""
    asked = chosen.filter(pl.col("why").is_null() & pl.col("point").is_not_null() & ~pl.col("opted_out"))
    answers = gate(candidates(asked, book), law_facts(book, asked["customer"]), rules=rules).select(
        pl.col("candidate").alias("customer"), answer="verdict", not_before="not_before", rules="rules"
    )
    why = (
        pl.when(pl.col("why").is_not_null())
        .then(pl.col("why"))
        .when(pl.col("point").is_null())
        .then(pl.lit("no_contact_point"))
        .when(pl.col("opted_out"))
        .then(pl.lit("opted_out"))
        .when(pl.col("answer") == "block")
        .then(pl.lit("rule:") + pl.col("rules").list.first().struct.field("id"))
        .otherwise(pl.lit("step_reached"))
    )
    tasks = ["no_contact_point", "opted_out", "sequence_finished", "facts_in_doubt", *_FOR_A_PERSON]
    verdict = (
        pl.when(pl.col("why").is_in(tasks))
        .then(pl.lit("task"))
        .when(pl.col("why") == "step_reached")
        .then(pl.lit("contact"))
        .when(pl.col("why").is_in(["nothing_open", "not_due", "step_done", "too_small", "likely_alone"]))
        .then(pl.lit("nothing"))
        .otherwise(pl.lit("wait"))
    )
    return (
        chosen.join(answers, on="customer", how="left")
        .with_columns(why=why)
        .with_columns(verdict=verdict)
        .with_columns(
            not_before=pl.when(pl.col("verdict") == "contact").then(pl.coalesce("not_before", pl.lit(book.at, INSTANT)))
        )
    )
