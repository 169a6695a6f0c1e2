"""Acts that are no contact: credit bureaus, sales, payments, suits, records. 12 CFR 1006.22(c), .30, .100."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.calendars import us_legal_holidays
from duecourse.core.law.docket import BLOCK, NOTHING, Docket, findings
from duecourse.core.law.rule import Finder, Flag, Numbers, Rule
from duecourse.core.law.rules.frequency import midnight
from duecourse.core.law.scopes import REGF

PASSING = ["sell_debt", "transfer_debt", "place_for_collection"]
OWNERS = ["debt_owner", "owner"]
SUCCESSION = ["merger", "acquisition", "purchase_and_assumption", "substantially_all_assets"]


def untold(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """Before a bureau hears of it the consumer must: a talk, or a letter or message that did not come back within the
    wait."""
    rows = docket.pick(scope, "debts", "zone", "bureau").filter(
        pl.col("bureau").fill_null("") != "check_writing_history"
    )
    log = docket.facts.log.filter(pl.col("by_us").fill_null(True)).select(
        "customer", "channel", "direction", "conversation", "about_debt", "bounced_at", at_l="at", debt_l="debt"
    )
    named = (
        pl.col("debt_l").is_null() | (pl.col("debts").list.len() == 0) | pl.col("debts").list.contains(pl.col("debt_l"))
    )
    met = rows.join(log, on="customer").filter(
        named, pl.col("at_l") <= pl.col("known"), pl.col("about_debt").fill_null(True)
    )
    spoken = met.filter(pl.col("conversation").fill_null(False))["row"]
    sent = met.filter(pl.col("direction") == "out", pl.col("channel").is_in(["letter", "email", "sms"]))
    parts = []
    free = spoken
    if sent.height:
        sent = sent.with_columns(today=docket.local(sent, "t").dt.date(), sent_on=docket.local(sent, "at_l").dt.date())
        ends = pl.col("sent_on").dt.offset_by(f"{numbers['days'] + 1}d")
        came_back = pl.col("bounced_at").is_not_null() & (pl.col("bounced_at") <= pl.col("known"))
        in_time = came_back & ((pl.col("bounced_at") - pl.col("at_l")).dt.total_days() <= numbers["days"])
        sound = sent.filter(~in_time)
        free = pl.concat([spoken, sound.filter(pl.col("today") >= ends)["row"]])
        soonest = sound.filter(~pl.col("row").is_in(free.implode())).sort("sent_on").unique("row", keep="first")
        parts.append(midnight(docket, soonest, ends, pl.lit(f"Wait {numbers['days']} days for returned mail first.")))
        free = pl.concat([free, soonest["row"]])
    never = rows.filter(~pl.col("row").is_in(free.implode()))
    return pl.concat(
        [*parts, findings(never, BLOCK, "Speak or write to the customer about the debt before a bureau hears of it.")]
    )


def sold_after_end(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Paid, settled or discharged debts are not sold, transferred for a price, or placed."""
    columns = ("action", "transferee", "for_consideration", "transfer_authorised", "transferee_told_of_discharge")
    met = docket.meet(scope, "debts", *columns).filter(
        pl.col("status").is_in(["paid", "settled", "discharged"]), pl.col("debts").list.len() > 0
    )
    to = pl.col("transferee").fill_null("")
    back = to.is_in(["previous_owner", "prior_owner"]) & pl.col("transfer_authorised").fill_null(False)
    lien = (
        (pl.col("status") == "discharged")
        & pl.col("secured_lien").fill_null(False)
        & pl.col("transferee_told_of_discharge").fill_null(False)
    )
    free = (pl.col("action") == "transfer_debt") & ~pl.col("for_consideration").fill_null(True)
    allowed = to.is_in(OWNERS) | back | to.is_in(SUCCESSION) | lien | free
    return findings(met.filter(~allowed), BLOCK, pl.format("The debt is {}. It may not be passed on.", "status"))


def stolen_identity(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Notified under 15 U.S.C. 1681c-2 that the debt came from identity theft."""
    met = docket.meet(scope, "notices").filter(pl.col("kind") == "identity_theft_605b")
    return findings(met, BLOCK, "The debt was reported as identity theft.")


def misapplied(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """A payment put on a disputed debt, or not where the consumer said."""
    if not docket.has("apply_to"):
        return NOTHING
    rows = docket.pick(scope & (pl.col("debts").list.len() > 1), "apply_to", "payment_direction")
    astray = rows.filter(
        pl.col("payment_direction").is_not_null()
        & ((pl.col("apply_to").list.len() != 1) | (pl.col("apply_to").list.first() != pl.col("payment_direction")))
    )
    open_ = docket.facts.disputes.select("customer", "debt", "at", "until", "outcome", settled_at="answered_at")
    met = rows.join(open_, on="customer").filter(
        pl.col("at").is_null() | (pl.col("at") <= pl.col("known")),
        pl.col("until").is_null() | (pl.col("until") > pl.col("t")),
        pl.col("debt").is_null() | pl.col("apply_to").list.contains(pl.col("debt")),
        pl.col("outcome").fill_null("") != "not_valid",
    )
    return pl.concat(
        [
            findings(astray, BLOCK, "The customer said which debt to pay."),
            findings(met, BLOCK, "A payment may not go to a disputed debt."),
        ]
    )


def deposited_early(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """A cheque dated ahead: written notice three to ten business days before, and never before its date."""
    if not docket.has("instrument_on"):
        return NOTHING
    rows = docket.pick(
        scope & pl.col("instrument_on").is_not_null(), "instrument_on", "accepted_on", "deposit_notice_on", "zone"
    )
    if rows.is_empty():
        return findings(rows, BLOCK, "")
    rows = rows.with_columns(
        pl.col("accepted_on"),
        pl.col("deposit_notice_on"),
        today=docket.local(rows, "t").dt.date(),
    )
    holidays = us_legal_holidays(docket.first.year - 1, docket.last.year + 1)
    ahead = (pl.col("instrument_on") - pl.coalesce("accepted_on", "today")).dt.total_days() > numbers["postdated_days"]
    between = pl.business_day_count("deposit_notice_on", "today", holidays=holidays)
    told = between.is_between(numbers["notice_least"], numbers["notice_most"]).fill_null(False)
    early = rows.filter(pl.col("today") < pl.col("instrument_on"))
    silent = rows.filter(ahead & ~told)
    return pl.concat(
        [
            findings(early, BLOCK, "Not before the date on it."),
            findings(
                silent,
                BLOCK,
                f"Written notice is due {numbers['notice_least']} to {numbers['notice_most']} business days before.",
            ),
        ]
    )


def kept_too_short(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """Records for three years after the last activity, recordings for three years after the call."""
    rows = docket.pick(scope, "record", "recorded_on", "last_activity_on", "zone")
    if rows.is_empty():
        return findings(rows, BLOCK, "")
    rows = rows.with_columns(today=docket.local(rows, "t").dt.date())
    dated = (
        pl.when(pl.col("record") == "call_recording").then(pl.col("recorded_on")).otherwise(pl.col("last_activity_on"))
    )
    free = dated.dt.offset_by(f"{numbers['years']}y")
    return findings(
        rows.filter(free.is_null() | (pl.col("today") <= free)),
        BLOCK,
        f"Records are kept for {numbers['years']} years.",
    )


def elsewhere(_: Numbers) -> pl.Expr:
    """Real property: where it lies. Otherwise where the contract was signed or the consumer lives."""
    proper = (
        pl.when(pl.col("property_in").is_not_null())
        .then(pl.col("forum") == pl.col("property_in"))
        .otherwise(
            (pl.col("forum") == pl.col("contract_signed_in")).fill_null(False)
            | (pl.col("forum") == pl.col("consumer_residence")).fill_null(False)
        )
    )
    return pl.col("forum").is_not_null() & ~proper


RULES: tuple[Rule, ...] = (
    Finder("US-REGF-30a-FURNISH", REGF & (pl.col("action") == "furnish"), (), untold),
    Finder("US-REGF-30b-TRANSFER", REGF & pl.col("action").is_in(PASSING), ("debts",), sold_after_end),
    Finder("US-REGF-30b-TRANSFER", REGF & pl.col("action").is_in(PASSING), ("notices",), stolen_identity),
    Finder("US-REGF-30c-PAYMENTS", REGF & (pl.col("action") == "apply_payment"), (), misapplied),
    Finder("US-REGF-22-UNFAIR", REGF & (pl.col("action") == "deposit_postdated"), (), deposited_early),
    Finder("US-REGF-100-RETENTION", REGF & (pl.col("action") == "purge"), (), kept_too_short),
    Flag(
        "US-REGF-30d-VENUE",
        REGF & (pl.col("action") == "file_suit"),
        ("forum", "contract_signed_in", "consumer_residence", "property_in"),
        elsewhere,
        "Sue only where the contract was signed, where they live, or where the property lies.",
    ),
)
