"""The rows of the table `outlook` for a range of shards: forecasts, chances, segment and likeness of each customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from duecourse.core.decide.ages import age
from duecourse.core.decide.explain import segment_words
from duecourse.core.decide.playbook import Playbook
from duecourse.core.decide.segment import segment
from duecourse.core.facts.book import Book
from duecourse.core.predict.book import outlook
from duecourse.core.predict.habits import habits
from duecourse.core.predict.invoices import Invoices
from duecourse.core.predict.likeness import Likeness
from duecourse.core.predict.model import Model
from duecourse.core.predict.pays_alone import pays_alone
from duecourse.core.predict.per_customer import per_customer
from duecourse.core.predict.promises import promise_chances
from duecourse.core.predict.signals import EVENTS
from duecourse.records.insight.outlooks import judged_promises, overdue_courses, what_came
from duecourse.records.invoices_asof import recent_events


@dataclass(frozen=True)
class Part:
    """A range of shards of one creditor's book, as known on the morning of `today`. `invoices`: records.invoices_asof."""

    creditor: int
    first: int
    last: int
    today: date
    book: Book
    invoices: pl.DataFrame

    @property
    def own(self) -> pl.DataFrame:
        return self.book.customers.filter(pl.col("creditor") == self.creditor)

    def features(self) -> pl.DataFrame:
        """What its customers are compared by."""
        invoices = self.invoices.select(pl.col("customer").cast(pl.Int64), "currency", "amount", "due", "settled")
        came = what_came(self.first, self.last, today=self.today, creditor=self.creditor)
        return habits(self.own["customer"], invoices, came)


def told_of(part: Part, model: Model) -> pl.DataFrame:
    """The outlook of each open invoice with debt, shard, customer, currency, open and due."""
    recent = recent_events(part.today, creditors=[part.creditor], within=[(part.first, part.last)])
    events = part.invoices.select("customer").join(recent, on="customer", how="left", maintain_order="left")
    counts = {name: events[name].fill_null(0).cast(pl.Float64).to_numpy() for name in EVENTS}
    told = outlook(Invoices.of(part.invoices), model, today=part.today, events=counts)
    known = part.invoices.with_row_index("row").select(
        pl.col("row").cast(pl.Int64), "debt", "shard", pl.col("customer").cast(pl.Int64), "currency", "open", "due"
    )
    return told.join(known, on="row", maintain_order="left")


def rows_of(part: Part, told: pl.DataFrame, likeness: Likeness, playbook: Playbook) -> pl.DataFrame:
    """One row a customer, in the columns of `outlook`."""
    own = part.own
    segments = segment(age(part.book), own, playbook=playbook, placed=part.book.placed)
    where = {"today": part.today, "creditor": part.creditor}
    alone = pays_alone(overdue_courses(part.first, part.last, **where), today=part.today)
    promised = promise_chances(judged_promises(part.first, part.last, **where))
    found = own.select("customer", "shard")
    for frame in (
        segments.select("customer", "segment", "placed"),
        per_customer(told, today=part.today),
        likeness.of(part.features()),
        alone.select("customer", pays_alone_chance="chance"),
        promised.select("customer", promise_chance="chance"),
    ):
        found = found.join(frame, on="customer", how="left", maintain_order="left")
    return found.select(
        "shard",
        pl.lit(part.creditor, pl.Int64).alias("creditor_id"),
        pl.col("customer").alias("customer_id"),
        pl.col("segment").cast(pl.String),
        _why(found, ("segment", "placed"), lambda s, placed: segment_words(s, placed=placed)).alias("segment_why"),
        pl.col("likeness"),
        _why(found, ("likeness",), likeness.why).alias("likeness_why"),
        pl.col("rests_on").fill_null("nothing open"),
        "expected_date",
        "late_chance",
        "pays_alone_chance",
        "promise_chance",
        _json("invoices"),
        _json("why"),
        _json("warnings"),
    )


def _why(found: pl.DataFrame, columns: tuple[str, ...], words: Callable[..., str]) -> pl.Series:
    """The words for each row; there are few different ones."""
    kinds = found.select(columns).unique()
    said = kinds.with_columns(why=pl.Series([words(*row) for row in kinds.iter_rows()], dtype=pl.String))
    return found.select(columns).join(said, on=columns, how="left", maintain_order="left")["why"]


def _json(name: str) -> pl.Expr:
    """A column of lists as JSON text."""
    text = pl.struct(pl.col(name).fill_null([])).struct.json_encode()
    return text.str.strip_prefix(f'{{"{name}":').str.strip_suffix("}").alias(name)
