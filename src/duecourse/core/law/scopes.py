"""Whom and what a rule reaches. Scope first: consumer or business, first or third party, and every linked
jurisdiction."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.locating import within

CONSUMER = pl.col("consumer")
CONTACT = pl.col("contact")
OUTBOUND = pl.col("outbound")
TO_CONSUMER = pl.col("to_consumer")

US, UK, AU, EU = within("US"), within("UK"), within("AU"), within("EU")

# Regulation F: consumer debt, third-party collector (or a debt that was in default when obtained), linked to the
# United States.
REGF = pl.col("regf")
# A creditor collecting in California keeps most FDCPA duties (Cal. Civ. Code 1788.17; SB 1286).
CALIFORNIA = pl.col("california")
# A consumer in the District of Columbia, but for debts secured by real estate and direct car loans (D.C. Code 28-3814).
CAPITAL = pl.col("capital")
UK_CONSUMER = UK & CONSUMER
AU_CONSUMER = AU & CONSUMER
COLLECTOR = pl.col("third_party")

CALLS = pl.col("channel").is_in(["phone_call", "voicemail", "ringless_voicemail"])
MESSAGES = pl.col("channel").is_in(["email", "sms"])
MAIL = pl.col("channel").is_in(["letter", "postcard"])
EXCLUDED = pl.col("recipient").is_in(["attorney", "creditor", "cra"])


def purpose(*words: str) -> pl.Expr:
    """Is the act for one of these purposes?"""
    return pl.col("purpose").is_in(list(words)).fill_null(False)
