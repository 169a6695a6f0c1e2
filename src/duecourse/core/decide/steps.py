"""Which step of the playbook each open debt has reached, and when the next one opens."""

from __future__ import annotations

import polars as pl

from duecourse.core.decide.playbook import Playbook


def reach(debts: pl.DataFrame, *, playbook: Playbook) -> pl.DataFrame:
    """Open debts (with late, segment, habit, done, and the chances likely_late and likely_alone) plus `reached` (place, 0:
    none), `next_in` (days, null: none left), `finished`, `moved` (days by which a forecast moves the debt's steps).

    Steps are chosen by "on or before today and not done": after missed days the latest step is reached and the ones
    between are skipped, never sent in a bunch. A step before the due date counts from that date for every segment, and
    lapses with it: nobody is told after the day that it is coming.
    """
    places = range(1, len(playbook.steps) + 1)
    opens = {p: _day(playbook, p) for p in places}
    wait, early = _wait(playbook), _early(playbook)
    late, since_due = pl.col("late") - _usual(playbook) - wait, pl.col("late")
    to_go = {p: opens[p] - pl.when(opens[p] < 0).then(since_due).otherwise(late) for p in places}
    lapsed = {p: (opens[p] < 0) & (since_due > 0) for p in places}
    reached = pl.max_horizontal(
        [early.cast(pl.Int16)] + [pl.when((to_go[p] <= 0) & ~lapsed[p]).then(pl.lit(p, pl.Int16)) for p in places]
    )
    next_in = pl.min_horizontal([pl.when(to_go[p] > 0).then(to_go[p]) for p in places])
    last = len(playbook.steps)
    return debts.with_columns(
        reached=reached,
        next_in=next_in.cast(pl.Int32),
        finished=(pl.col("done") >= last) & (late >= opens[last] + playbook.finished_after_days),
        moved=pl.when(early).then(-playbook.tempo.early_days).otherwise(wait).cast(pl.Int16),
    )


def _early(playbook: Playbook) -> pl.Expr:
    """Whether the first step is open already, since the invoice is likely to be late and falls due in a few days."""
    soon = (pl.col("late") < 0) & (pl.col("late") >= -playbook.tempo.early_days)
    return (soon & (pl.col("likely_late") >= playbook.tempo.likely_late)).fill_null(False)


def _wait(playbook: Playbook) -> pl.Expr:
    """Days that every step waits more, since what is overdue is likely to come by itself."""
    alone = (pl.col("late") > 0) & (pl.col("likely_alone") >= playbook.tempo.likely_alone)
    return pl.when(alone.fill_null(False)).then(playbook.tempo.wait_days).otherwise(0).cast(pl.Int32)


def _day(playbook: Playbook, place: int) -> pl.Expr:
    """The day (from due) on which a step opens for the row's segment; null where the segment skips it."""
    days = {segment: row[place - 1] for segment, row in playbook.from_day.items()}
    return pl.col("segment").replace_strict(days, return_dtype=pl.Int32)


def _usual(playbook: Playbook) -> pl.Expr:
    """Days from the due date to the customer's usual day of paying, where the segment waits for it; never negative."""
    habit = pl.col("habit").fill_null(0).floor().clip(0, playbook.usual_day_at_most).cast(pl.Int32)
    waits = pl.col("segment").cast(pl.String).is_in(list(playbook.usual_day))
    return pl.when(waits).then(habit).otherwise(pl.lit(0, pl.Int32))
