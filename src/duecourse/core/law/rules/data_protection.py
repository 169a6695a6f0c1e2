"""Decisions by machines and the use of personal data. GDPR; UK GDPR Articles 22A-22D."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, findings
from duecourse.core.law.rule import Finder, Flag, Numbers, Rule
from duecourse.core.law.scopes import CONSUMER, EU, UK

DECIDES = pl.col("action") == "decide"
ALONE = pl.col("solely_automated").fill_null(True) & (pl.col("human_review").fill_null("") != "meaningful")
WEIGHTY = (
    pl.col("effect")
    .fill_null("legal_or_similarly_significant")
    .is_in(["legal_or_similarly_significant", "significant", "legal"])
)


def _lacks(numbers: Numbers) -> pl.Expr:
    needed = pl.lit(numbers["safeguards"], dtype=pl.List(pl.String))
    return needed.list.set_difference(pl.col("safeguards").fill_null([])).list.len() > 0


def eu_machine(numbers: Numbers) -> pl.Expr:
    """Article 22: allowed only where a contract needs it, a law allows it, or with explicit consent; and with
    safeguards."""
    based = (
        pl.col("legal_basis")
        .is_in(["contract", "contract_necessity", "authorised_by_law", "law", "explicit_consent"])
        .fill_null(False)
    )
    sensitive = pl.col("special_category").fill_null(False) & (
        pl.col("legal_basis").fill_null("") != "explicit_consent"
    )
    return ALONE & WEIGHTY & (~based | sensitive | _lacks(numbers))


def uk_machine(numbers: Numbers) -> pl.Expr:
    """Articles 22A-22D: allowed with information, representations, human intervention and a way to contest."""
    sensitive = pl.col("special_category").fill_null(False) & ~pl.col("legal_basis").is_in(
        ["explicit_consent", "substantial_public_interest"]
    ).fill_null(False)
    return ALONE & WEIGHTY & (_lacks(numbers) | sensitive)


def restricted(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """While accuracy is contested, data is only stored: Article 18. Legal claims are left free."""
    met = docket.meet(scope & ~(pl.col("purpose") == "legal_claim").fill_null(False), "notices").filter(
        pl.col("kind") == "processing_restricted"
    )
    return findings(met, BLOCK, "Use of this person's data is restricted.")


COLUMNS = ("solely_automated", "human_review", "effect", "legal_basis", "safeguards", "special_category")
RULES: tuple[Rule, ...] = (
    Flag("EU-GDPR", EU & CONSUMER & DECIDES, COLUMNS, eu_machine, "A person must be able to decide this."),
    Flag(
        "UK-GDPR-ADM",
        UK & CONSUMER & DECIDES,
        COLUMNS,
        uk_machine,
        "The safeguards for a decision by machine are missing.",
    ),
    Finder("EU-GDPR", (EU | UK) & CONSUMER & pl.col("contact") & ~pl.col("reply"), ("notices",), restricted),
)
