"""The validation notice, and quiet while it runs. 12 CFR 1006.34, 1006.38(b), 1006.42."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.calendars import us_legal_holidays
from duecourse.core.law.docket import BLOCK, NOTHING, Docket, findings
from duecourse.core.law.rule import Finder, Flag, Numbers, Rule
from duecourse.core.law.rules.wording import SUES, any_claim
from duecourse.core.law.scopes import CONTACT, MAIL, MESSAGES, REGF, TO_CONSUMER, purpose

NOTICE = REGF & CONTACT & TO_CONSUMER & purpose("validation_notice")
ELECTRONIC = MESSAGES | (pl.col("channel") == "portal")


def last_day(
    sent_on: pl.Expr, stated: pl.Expr, first_year: int, last_year: int, numbers: Numbers, *, oral: pl.Expr | None = None
) -> pl.Expr:
    """End of the validation period: assumed receipt after five business days (spoken: at once), plus thirty days; a
    later stated end holds."""
    holidays = us_legal_holidays(first_year, last_year + 1)
    received = sent_on.dt.add_business_days(numbers["receipt_business_days"], holidays=holidays, roll="backward")
    if oral is not None:
        received = pl.when(oral).then(sent_on).otherwise(received)
    return pl.max_horizontal(received.dt.offset_by(f"{numbers['days']}d"), stated)


def ends_early(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """The stated end comes before the earliest that may be assumed."""
    rows = (
        docket.pick(scope & pl.col("stated_end_on").is_not_null(), "stated_end_on", "zone")
        if docket.has("stated_end_on")
        else docket.c.head(0)
    )
    if rows.is_empty():
        return findings(rows, BLOCK, "")
    rows = rows.with_columns(today=docket.local(rows, "t").dt.date())
    first = last_day(pl.col("today"), pl.lit(None, dtype=pl.Date), docket.first.year - 1, docket.last.year + 1, numbers)
    early = rows.with_columns(first=first).filter(pl.col("stated_end_on") < pl.col("first"))
    return findings(
        early, BLOCK, pl.format("The period may not end before {}.", pl.col("first").dt.strftime("%d %b %Y"))
    )


def too_late(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """More than five days after the first communication: a person decides how to mend it."""
    column = "initial_communication_at"
    rows = docket.pick(scope & pl.col(column).is_not_null(), column, "zone") if docket.has(column) else docket.c.head(0)
    if rows.is_empty():
        return findings(rows, BLOCK, "")
    rows = rows.with_columns(today=docket.local(rows, "t").dt.date(), began=docket.local(rows, column).dt.date())
    late = rows.filter((pl.col("today") - pl.col("began")).dt.total_days() > numbers["notice_days"])
    return findings(late, BLOCK, f"The notice was due within {numbers['notice_days']} days of the first contact.")


def periods(docket: Docket, met: pl.DataFrame, numbers: Numbers) -> pl.DataFrame:
    """`met` (rows joined with validations) with `began` and `ends`, without notices that came back."""
    kept = met.filter(pl.col("returned_at").is_null() | (pl.col("returned_at") > pl.col("known")))
    if kept.is_empty():
        return kept.with_columns(began=pl.lit(None, dtype=pl.Date), ends=pl.lit(None, dtype=pl.Date))
    kept = kept.with_columns(began=docket.local(kept, "at").dt.date())
    years = kept.select(
        pl.col("began").dt.year().min().alias("low"), pl.col("began").dt.year().max().alias("high")
    ).row(0)
    oral = (pl.col("method") == "oral").fill_null(False)
    return kept.with_columns(
        ends=last_day(pl.col("began"), pl.col("stated_end_on_f"), years[0], years[1], numbers, oral=oral)
    )


def overshadowed(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """During the period, a deadline inside it or a threat of suit drowns the right to dispute."""
    columns = ("deadline_on", "claims", "stated_end_on", "zone")
    if not docket.has("deadline_on", "claims"):
        return NOTHING
    rows = docket.meet(scope, "validations", *columns)
    met = periods(docket, rows, numbers)
    if met.is_empty():
        return findings(met, BLOCK, "")
    met = met.with_columns(
        pl.col("deadline_on"),
        pl.col("claims").cast(pl.List(pl.String)),
        today=docket.local(met, "t").dt.date(),
    )
    running = (pl.col("began") <= pl.col("today")) & (pl.col("today") <= pl.col("ends"))
    pressing = (pl.col("deadline_on") <= pl.col("ends")).fill_null(False)
    threat = any_claim(SUES).fill_null(False) & pl.col("deadline_on").is_null()
    return findings(
        met.filter(running & (pressing | threat)),
        BLOCK,
        pl.format("They may dispute until {}; this presses them sooner.", pl.col("ends")),
    )


def lacks(numbers: Numbers) -> pl.Expr:
    """An item of 1006.34(c) is missing."""
    always, product = numbers["items"], numbers["financial_product_items"]
    full = pl.lit(always + product, dtype=pl.List(pl.String))
    plain = pl.lit(always, dtype=pl.List(pl.String))
    needed = pl.when(pl.col("consumer_financial_product").fill_null(True)).then(full).otherwise(plain)
    return pl.col("items").is_not_null() & (needed.list.set_difference("items").list.len() > 0)


RULES: tuple[Rule, ...] = (
    Flag(
        "US-REGF-34-VALIDATION",
        NOTICE,
        ("items", "consumer_financial_product"),
        lacks,
        "An item that the notice must carry is missing.",
    ),
    Flag(
        "US-REGF-34-VALIDATION",
        NOTICE,
        ("itemization_blank",),
        lambda _: pl.col("itemization_blank"),
        "A field of the itemization is blank. Write 0 or none.",
    ),
    Flag(
        "US-REGF-34-VALIDATION",
        NOTICE,
        ("mixed_reference_dates",),
        lambda _: pl.col("mixed_reference_dates"),
        "The figures use different reference dates.",
    ),
    Flag(
        "US-REGF-34-VALIDATION",
        NOTICE & ELECTRONIC,
        ("electronic_dispute_route",),
        lambda _: ~pl.col("electronic_dispute_route"),
        "An electronic notice must say how to dispute electronically.",
    ),
    Flag(
        "US-REGF-34-VALIDATION",
        NOTICE,
        ("languages", "english_included"),
        lambda _: ~pl.col("languages").list.contains("en") & ~pl.col("english_included").fill_null(False),
        "A translated notice needs the English one with it or before it.",
    ),
    Flag(
        "US-REGF-34-VALIDATION",
        NOTICE,
        ("consumer_dead", "addressee_named"),
        lambda _: pl.col("consumer_dead") & ~pl.col("addressee_named").fill_null(False),
        "Name the person who acts for the estate.",
    ),
    Flag(
        "US-REGF-42-DELIVERY",
        NOTICE & ELECTRONIC,
        ("esign_consent", "in_initial_communication"),
        lambda _: ~pl.col("esign_consent") & ~pl.col("in_initial_communication").fill_null(False),
        "E-SIGN consent is missing. Send it by mail.",
    ),
    Flag(
        "US-REGF-42-DELIVERY",
        REGF & CONTACT & purpose("send_verification", "original_creditor_info") & ELECTRONIC,
        ("esign_consent",),
        lambda _: ~pl.col("esign_consent"),
        "E-SIGN consent is missing. Send it by mail.",
    ),
    Flag(
        "US-REGF-42-DELIVERY",
        REGF & CONTACT & MAIL & purpose("validation_notice", "send_verification", "original_creditor_info"),
        ("address_known_stale",),
        lambda _: pl.col("address_known_stale"),
        "They are known to have left this address.",
    ),
    Finder("US-REGF-34-VALIDATION", NOTICE, (), ends_early),
    Finder("US-REGF-34-VALIDATION", NOTICE, (), too_late),
    Finder("US-REGF-38b-OVERSHADOW", REGF & CONTACT & TO_CONSUMER, ("validations",), overshadowed),
)
