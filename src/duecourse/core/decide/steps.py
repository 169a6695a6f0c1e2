"""Which step of the playbook each open debt has reached, and when the next one opens."""

from __future__ import annotations

import polars as pl

from duecourse.core.decide.playbook import Playbook


def reach(debts: pl.DataFrame, *, playbook: Playbook) -> pl.DataFrame:
    """Open debts (with late, segment, habit, done) plus `reached` (place, 0: none), `next_in` (days, null: none left), `finished`.

    Steps are chosen by "on or before today and not done": after missed days the latest step is reached and the ones
    between are skipped, never sent in a bunch.
    """
    places = range(1, len(playbook.steps) + 1)
    opens = {p: _day(playbook, p) for p in places}
    late = pl.col("late") - _usual(playbook)
    reached = pl.max_horizontal(
        [pl.lit(0, pl.Int16)] + [pl.when(late >= opens[p]).then(pl.lit(p, pl.Int16)) for p in places]
    )
    next_in = pl.min_horizontal([pl.when(late < opens[p]).then(opens[p] - late) for p in places])
    last = len(playbook.steps)
    return debts.with_columns(
        reached=reached,
        next_in=next_in.cast(pl.Int32),
        finished=(pl.col("done") >= last) & (late >= opens[last] + playbook.finished_after_days),
    )


def _day(playbook: Playbook, place: int) -> pl.Expr:
    """The day (from due) on which a step opens for the row's segment; null where the segment skips it."""
    days = {segment: row[place - 1] for segment, row in playbook.from_day.items()}
    return pl.col("segment").replace_strict(days, return_dtype=pl.Int32)


def _usual(playbook: Playbook) -> pl.Expr:
    """Days from the due date to the customer's usual day of paying, where the segment waits for it; never negative."""
    habit = pl.col("habit").fill_null(0).floor().clip(0, playbook.usual_day_at_most).cast(pl.Int32)
    waits = pl.col("segment").cast(pl.String).is_in(list(playbook.usual_day))
    return pl.when(waits).then(habit).otherwise(pl.lit(0, pl.Int32))
