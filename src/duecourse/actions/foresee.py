"""Work out what is expected of every customer, keep what was told of the weeks to come, and warn people early.

A creditor at a time, a range of shards at a time, each range whole or not at all. It decides nothing: the day may read the
chances for its tempo (core.decide.steps), people read the rest. Without an approved model the simple ways forecast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl

from duecourse.actions.foresee_rows import Part, rows_of, told_of
from duecourse.actions.warn_early import close_stale, warn
from duecourse.core.decide.playbook import Playbook
from duecourse.core.predict.book import fit_book
from duecourse.core.predict.invoices import Invoices
from duecourse.core.predict.likeness import Likeness, form
from duecourse.core.predict.model import Model
from duecourse.core.predict.weeks import together, weeks_of
from duecourse.records import snapshot
from duecourse.records.insight.foresight import ReceiptsTold
from duecourse.records.insight.outlooks import replace_outlooks
from duecourse.records.invoices_asof import invoices_asof
from duecourse.records.measures import ranges
from duecourse.records.parties.models import Creditor
from duecourse.records.tenancy import scope

Approved = Callable[[int], tuple[str, Model] | None]
"""A creditor's approved model with its name, or None."""
SIMPLE: Final = ""
"""The name under which a forecast without an approved model is kept."""


@dataclass(frozen=True)
class Foreseen:
    """How many customers were looked at, how many have an early warning, and how many tasks that opened."""

    customers: int = 0
    warned: int = 0
    tasks: int = 0


def foresee(
    *, at: datetime, as_of: date, playbook: Playbook, approved: Approved, step: Callable[[int], None] = lambda n: None
) -> Foreseen:
    """All creditors' customers, as known on the morning of `as_of`; `step(n)` after each n customers."""
    with scope("all"):
        creditors = list(Creditor.objects.order_by("id").values_list("id", flat=True))
    found = [_creditor(c, at, as_of, playbook, approved(c), step) for c in creditors]
    return Foreseen(sum(f.customers for f in found), sum(f.warned for f in found), sum(f.tasks for f in found))


def _creditor(
    creditor: int,
    at: datetime,
    as_of: date,
    playbook: Playbook,
    chosen: tuple[str, Model] | None,
    step: Callable[[int], None],
) -> Foreseen:
    name, model = chosen or (SIMPLE, None)
    likeness: Likeness | None = None
    customers, weeks, warned = 0, [], []
    for first, last in ranges([creditor]):
        part = Part(
            creditor, first, last, as_of,
            book=snapshot.of_shards(first, last, at=at, only=("creditors", "customers", "debts", "placed")),
            invoices=invoices_asof(as_of, creditors=[creditor], within=[(first, last)]),
        )  # fmt: skip
        if part.own.height == 0:
            continue
        # The first range stands for the book: shards are hashes of customers.
        if model is None:
            model = fit_book(Invoices.of(part.invoices), until=as_of, learning=False)
        if likeness is None:
            likeness = form(part.features())
        told = told_of(part, model)
        rows = rows_of(part, told, likeness, playbook)
        with scope("all"):
            stamped = rows.with_columns(as_of=pl.lit(as_of), model=pl.lit(name), written_at=pl.lit(at))
            replace_outlooks(first, last, stamped, creditor=creditor)
        customers += rows.height
        weeks.append(weeks_of(part.invoices, model, today=as_of))
        warned.append(told.filter(pl.col("signals").list.len() > 0))
        step(rows.height)
    if not warned:
        return Foreseen()
    candidates = pl.concat(warned)
    with scope("all"):
        _keep_weeks(together(weeks), creditor, name, as_of, at)
        close_stale(creditor, today=as_of, now=at)
        tasks = warn(candidates, creditor=creditor, now=at)
    return Foreseen(customers, candidates["customer"].n_unique(), tasks)


def _keep_weeks(weeks: pl.DataFrame, creditor: int, name: str, as_of: date, at: datetime) -> None:
    """What is told today of the next weeks: told once a day, and never changed."""
    rows = [
        ReceiptsTold(
            creditor_id=creditor, currency=row["currency"], told_on=as_of, week=row["week"], expected_minor=row["expected"],
            low_minor=row["low"], high_minor=row["high"], model=name, at=at,
        )
        for row in weeks.iter_rows(named=True)
    ]  # fmt: skip
    ReceiptsTold.objects.bulk_create(rows, ignore_conflicts=True)
