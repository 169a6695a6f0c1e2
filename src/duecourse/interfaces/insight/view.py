"""What the dashboard's page is made of: plain values for the template, words done."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice above the page."""

    name: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text, the first cell a heading; `total` is the last row under a double rule, or empty.

    `plain` are the same rows as a machine reads them: ISO dates, decimals with a point, no signs.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    plain: tuple[tuple[str, ...], ...]
    csv_url: str
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A finding in a sentence, its picture and the same as a table. Empty `svg`: there is no data yet."""

    title: str
    unit: str
    say: str
    svg: SafeString
    table: Table
    lines: tuple[tuple[str, object, str], ...] = ()  # shade, (name, money), share: the ageing bar's list
    scrolls: str = ""  # the name of a picture that may be wider than its place


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its course over a year, its change in words, and how it is counted."""

    name: str
    value: str
    unit: str
    spark: SafeString
    change: str
    formula: str
    rows_url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in the table of all."""

    name: str
    now: str
    then: str
    formula: str
    rows_url: str


@dataclass(frozen=True, slots=True)
class FalseChases:
    """`rate` reads "2"; of so many contacts. `stopped` sends were held back at the last moment."""

    wrong: str
    judged: str
    say: str
    stopped: str
    rows_url: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The whole page for one currency."""

    lede: str
    currencies: tuple[Filter, ...] = ()
    creditors: tuple[Filter, ...] = ()
    csv_url: str = ""
    tiles: tuple[Tile, ...] = ()
    cash: Chart | None = None
    ageing: Chart | None = None
    charts: tuple[Chart, ...] = ()
    chases: FalseChases | None = None
    every: tuple[Line, ...] = ()
    then: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
