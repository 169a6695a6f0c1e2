"""Every email and text says how to stop them, simply and without a price. 12 CFR 1006.6(e) and its commentary."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.rule import Flag, Numbers, Rule
from duecourse.core.law.scopes import MESSAGES, OUTBOUND, REGF, TO_CONSUMER, purpose

NOTICE = pl.col("optout_notice").str.to_lowercase()
BY_REPLY = (
    r"\b(?:reply|respond|replying|replies|text|send|answer)\b[^.]*"
    r"\b(?:stop|end|quit|cancel|unsubscribe|opt[ -]?out|revoke)\b"
)
BY_LINK = r"\b(?:click|tap|follow|use|link|unsubscribe|press|select)\b|https?://|\bwww\."
LINK = pl.col("optout_link").fill_null(NOTICE.str.contains(BY_LINK))
ROUTE = NOTICE.str.contains(BY_REPLY) | LINK
COSTS = r"[$£€]\s*\d|\b(?:fees?|charges?|costs?)\b"
FREE = r"\b(?:no|without|free of|never any|not any)\s+(?:a\s+|any\s+)?(?:fees?|charges?|costs?)\b"
PRICE = NOTICE.str.contains(COSTS) & ~NOTICE.str.contains(FREE)
MORE = NOTICE.str.contains(
    r"account (?:number|no\b)|reference number|social security|\bssn\b|last (?:four|4)\b|"
    r"date of birth|birth ?date|\bdob\b|password|sign in|log ?in|your (?:full |last )?name|\bname and\b|tell us why|"
    r"\breason\b|(?:home|postal) address|\bid number"
)


def unclear(_: Numbers) -> pl.Expr:
    """No simple electronic route, or one that costs money or asks for more than the preference and the address."""
    charged = pl.col("optout_price").fill_null(False) | pl.col("optout_asks_more").fill_null(False)
    return charged | (NOTICE.is_not_null() & (~ROUTE | PRICE | MORE))


RULES: tuple[Rule, ...] = (
    Flag(
        "US-REGF-6e-OPTOUT-NOTICE",
        REGF & OUTBOUND & MESSAGES & TO_CONSUMER & ~purpose("confirm_opt_out"),
        ("optout_notice", "optout_link", "optout_price", "optout_asks_more"),
        unclear,
        "The message must say how to stop messages to this address: by reply or link, free, asking for nothing else.",
        missing=pl.col("optout_notice").is_null(),
    ),
)
