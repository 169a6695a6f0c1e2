"""Identity, shared lines and visits in the United Kingdom. CONC 7.9."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.rule import Flag, Rule
from duecourse.core.law.rules.wording import on
from duecourse.core.law.scopes import CONTACT, UK_CONSUMER

CONC = "UK-CONC-7.9"
RULES: tuple[Rule, ...] = (
    Flag(
        CONC,
        UK_CONSUMER & CONTACT,
        ("discloses_debt_details", "identity_verified"),
        lambda _: pl.col("discloses_debt_details") & ~pl.col("identity_verified").fill_null(False),
        "Details only after the person's identity is established (CONC 7.9.10R).",
    ),
    Flag(
        CONC,
        UK_CONSUMER & CONTACT,
        ("line_shared", "mentions_debt"),
        lambda _: pl.col("line_shared") & pl.col("mentions_debt").fill_null(True),
        "Others share the line and would learn of the debt (CONC 7.9.7R).",
    ),
    on(
        CONC,
        UK_CONSUMER & CONTACT,
        "misleading_reason",
        "The reason given for the contact is misleading (CONC 7.9.2R).",
    ),
    Flag(
        CONC,
        UK_CONSUMER & (pl.col("channel") == "visit"),
        ("visit_announced",),
        lambda _: ~pl.col("visit_announced"),
        "A visit needs its purpose and reasonable notice first (CONC 7.9.12R).",
    ),
)
