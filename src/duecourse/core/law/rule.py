"""Two shapes of rule: a flag reads the candidate's own columns, a finder also reads facts. Both are small named
functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from duecourse.core.law.docket import Docket

Numbers = Mapping[str, Any]


@dataclass(frozen=True)
class Flag:
    """Blocks where `breach(numbers)` is true, within `scope`. `needs`: content columns without which it cannot be
    judged.

    `missing`: true where a rendered message lacks what the rule asks for; judged only once content is final.
    """

    id: str
    scope: pl.Expr
    needs: tuple[str, ...]
    breach: Callable[[Numbers], pl.Expr]
    says: str
    missing: pl.Expr | None = None


@dataclass(frozen=True)
class Finder:
    """Judges with facts: `find(docket, scope, numbers)` gives findings (row, outcome, until, detail).

    `facts`: frames that must not all be empty for the rule to have anything to say; () = it always runs.
    `lasting`: it only ever blocks, and an act that it let pass it lets pass later too while facts stay as they are.
    """

    id: str
    scope: pl.Expr
    facts: tuple[str, ...]
    find: Callable[[Docket, pl.Expr, Numbers], pl.DataFrame]
    lasting: bool = False


Rule = Flag | Finder
