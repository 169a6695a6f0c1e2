"""Advertising is not collecting: it has rules of its own. CAN-SPAM; Spam Act 2003; GDPR Article 21."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.calendars import us_legal_holidays
from duecourse.core.law.docket import BLOCK, Docket, findings
from duecourse.core.law.rule import Finder, Flag, Numbers, Rule
from duecourse.core.law.scopes import AU, CONTACT, EU, MESSAGES, OUTBOUND, UK, US

ADVERT = OUTBOUND & pl.col("marketing_act")
EMAIL = pl.col("channel") == "email"


def after_grace(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """Advertising after an opt-out whose business days have run."""
    met = docket.meet(scope, "suppressions", "medium", "zone").filter(
        (pl.col("medium_f") == pl.col("medium").cast(pl.String)) | (pl.col("medium_f") == "any")
    )
    if met.is_empty():
        return findings(met, BLOCK, "")
    met = met.with_columns(at=pl.coalesce("at", pl.lit(0).cast(pl.Datetime("us", "UTC"))))
    met = met.with_columns(today=docket.local(met, "t").dt.date(), asked=docket.local(met, "at").dt.date())
    holidays = us_legal_holidays(docket.first.year - 2, docket.last.year + 1) if numbers.get("us_holidays") else ()
    last = pl.col("asked").dt.add_business_days(numbers["business_days"], holidays=holidays, roll="backward")
    return findings(
        met.filter(pl.col("today") > last),
        BLOCK,
        f"They opted out of advertising more than {numbers['business_days']} business days ago.",
    )


def unwanted_advert(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """House: an opt-out from advertising holds at once."""
    met = docket.meet(scope, "suppressions", "medium").filter(
        (pl.col("medium_f") == pl.col("medium").cast(pl.String)) | (pl.col("medium_f") == "any")
    )
    return findings(met, BLOCK, "They opted out of advertising.")


def objected(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """An objection to direct marketing is absolute."""
    met = docket.meet(scope, "notices").filter(pl.col("kind").is_in(["objection_marketing", "objection"]))
    return findings(met, BLOCK, "They objected to direct marketing.")


RULES: tuple[Rule, ...] = (
    Finder("US-CANSPAM", US & ADVERT & EMAIL, ("suppressions",), after_grace),
    Flag(
        "US-CANSPAM",
        US & ADVERT & EMAIL,
        ("optout_link", "unsubscribe", "optout_notice"),
        lambda _: (
            (~pl.col("optout_link") | (~pl.col("unsubscribe"))).fill_null(False)
            & pl.col("optout_notice").fill_null("").eq("")
        ),
        "An advert needs a way to opt out.",
    ),
    Flag(
        "US-CANSPAM",
        US & ADVERT & EMAIL,
        ("physical_address",),
        lambda _: ~pl.col("physical_address"),
        "An advert needs a postal address.",
    ),
    Flag(
        "US-CANSPAM",
        US & ADVERT & EMAIL,
        ("hides_identity",),
        lambda _: pl.col("hides_identity"),
        "The header hides who sends it.",
    ),
    Flag(
        "AU-SPAM",
        AU & ADVERT & MESSAGES,
        ("unsubscribe",),
        lambda _: ~pl.col("unsubscribe"),
        "A commercial message needs an unsubscribe facility.",
    ),
    Finder("AU-SPAM", AU & ADVERT & MESSAGES, ("suppressions",), after_grace),
    Finder("EU-GDPR", (EU | UK) & CONTACT & pl.col("marketing_act"), ("notices",), objected),
    Finder("HOUSE-OPTOUT", ADVERT, ("suppressions",), unwanted_advert),
)
