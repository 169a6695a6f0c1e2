"""After a written refusal to pay or request to stop, only notices of what happens next may go. 12 CFR 1006.6(c)."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, findings
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.scopes import CALIFORNIA, OUTBOUND, REGF, TO_CONSUMER

CONTENT = ("purpose", "demands_payment", "remedy", "ordinarily_invoked", "action_intended", "required_by_law")


def stopped(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """A cease request was received for a debt of this act, and the act is none of the notices that may follow."""
    met = docket.meet(scope, "ceases", *CONTENT)
    purpose = pl.col("purpose").fill_null("")
    ending = purpose.str.contains("terminat")
    may = purpose.str.contains("may_invoke") & pl.col("ordinarily_invoked").fill_null(True)
    will = purpose.str.contains("intends?_|will_invoke") & pl.col("action_intended").fill_null(True)
    bare = ~pl.col("demands_payment").fill_null(False)
    allowed = ((ending | may | will) & bare) | pl.col("required_by_law").fill_null(False)
    return findings(met.filter(~allowed), BLOCK, "They asked in writing to be left alone, or refused to pay.")


RULES: tuple[Rule, ...] = (
    Finder("US-REGF-6c-CEASE", REGF & OUTBOUND & TO_CONSUMER, ("ceases",), stopped, lasting=True),
    Finder("US-CA-ROSENTHAL", CALIFORNIA & OUTBOUND & TO_CONSUMER, ("ceases",), stopped, lasting=True),
    Finder("HOUSE-CEASE", OUTBOUND & TO_CONSUMER, ("ceases",), stopped, lasting=True),
)
