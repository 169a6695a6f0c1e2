"""Card data stays with the provider. PCI DSS v4.0.1."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.rule import Flag, Numbers, Rule
from duecourse.core.law.scopes import CONTACT

PAGE = pl.col("action") == "publish_payment_page"
SENT = pl.col("channel").is_in(["email", "sms", "social", "portal"])
SAFE_FIELDS = ["psp_redirect", "provider_redirect", "emailed_provider_link", "provider_link"]
FRAMED = ["psp_iframe", "provider_iframe", "iframe"]


def own_fields(_: Numbers) -> pl.Expr:
    """SAQ A: a full redirect or link, or a provider's frame on a page guarded against script attacks."""
    framed = pl.col("card_fields").is_in(FRAMED) & pl.col("script_protection").fill_null(False)
    return ~(pl.col("card_fields").is_in(SAFE_FIELDS) | framed)


RULES: tuple[Rule, ...] = (
    Flag(
        "PCI-DSS",
        CONTACT & SENT,
        ("asks_for_pan",),
        lambda _: pl.col("asks_for_pan"),
        "Never ask for a card number in a message.",
    ),
    Flag(
        "PCI-DSS",
        pl.lit(True),
        ("pan_display",),
        lambda _: ~pl.col("pan_display").is_in(["last4", "last_4", "none", "masked", "bin_last4", "first6_last4"]),
        "Show no more of a card number than its ends.",
    ),
    Flag(
        "PCI-DSS",
        pl.lit(True),
        ("stores_verification_code",),
        lambda _: pl.col("stores_verification_code"),
        "The verification code is never kept.",
    ),
    Flag(
        "PCI-DSS",
        PAGE,
        ("card_fields", "script_protection"),
        own_fields,
        "Card fields belong to the provider's page, not ours.",
    ),
)
