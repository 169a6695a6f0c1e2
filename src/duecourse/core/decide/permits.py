"""Questions to the contact gate: each intended message as a candidate, the book's facts as the law reads them."""

from __future__ import annotations

from typing import Final

import polars as pl

from duecourse.core.decide.doubt import doubts
from duecourse.core.decide.whereabouts import locations, places
from duecourse.core.facts.book import Book
from duecourse.core.facts.circumstances import frames
from duecourse.core.facts.law import LawFacts, empty
from duecourse.core.facts.law_candidates import ACT, CONTENT

_MEDIUM: Final = {"email": "email", "sms": "sms", "phone": "call", "letter": "letter"}
_CHANNEL: Final = {"email": "email", "sms": "sms", "phone": "phone_call", "letter": "letter"}
_RESULT: Final = {
    "attempted": "answered_dropped",  # begun and not told how it went: the reading that counts everywhere
    "talked": "answered_conversation",
    "called_us": "answered_conversation",
    "left_word": "voicemail_left_lcm",
    "dropped": "answered_dropped",
    "wrong_number": "answered_dropped",
}
"""Outcome of a contact → result in the words of 12 CFR 1006.14(b); others (no_answer, busy, not_in_service) are the same."""

_PURPOSE: Final = {
    "receipt": "payment_receipt",
    "plan_agreed": "confirm_plan",
    "plan_done": "confirm_plan",
    "plan_reminder": "service",
    "plan_check_in": "service",  # a word on a running plan; it asks how they are, and for nothing
    "answer": "service_reply",
}
"""Purpose of a message → purpose in the words of the rules."""


def candidates(intended: pl.DataFrame, book: Book, *, key: str = "customer") -> pl.DataFrame:
    """One candidate a row of `intended` (customer, channel, point, debts; purpose where it is not a reminder).

    Further columns of law_candidates (recipient, action, what a text says …) go to the gate as they are.
    """
    purpose = pl.col("purpose") if "purpose" in intended.columns else pl.lit("reminder", pl.String)
    receipt = purpose == "receipt"
    given = [name for name in (*ACT, *CONTENT) if name in intended.columns and name not in _WORKED_OUT]
    asked = intended.join(
        book.customers.select("customer", natural="person", mine="creditor"),
        on="customer",
        how="left",
        maintain_order="left",
    ).join(book.creditors.select(mine="creditor", agency="agency"), on="mine", how="left", maintain_order="left")
    return _at_kind(
        asked.select(
            pl.col(key).alias("candidate"),
            "customer",
            pl.col("mine").alias("creditor"),
            pl.col("channel").replace(_CHANNEL),
            purpose.replace(_PURPOSE).alias("purpose"),
            # A receipt answers what the customer just did, so it need not wait for the morning.
            pl.when(receipt).then(pl.lit("payment")).alias("in_response_to"),
            pl.col("point").cast(pl.String),
            "debts",
            ~pl.col("natural").alias("business"),
            pl.when(pl.col("agency")).then(pl.lit("third_party")).otherwise(pl.lit("first_party")).alias("collector"),
            pl.lit(book.at, pl.Datetime("us", "UTC")).alias("at"),
            *given,
        ),
        book,
    )


_WORKED_OUT: Final = {
    "candidate", "customer", "creditor", "channel", "purpose", "in_response_to", "point", "debts", "business", "collector",
    "at", "address_kind",
}  # fmt: skip


def _at_kind(asked: pl.DataFrame, book: Book) -> pl.DataFrame:
    """With `address_kind` (home, work, employer's …) where it was told for the address."""
    told = frames(book.circumstances.filter(pl.col("kind") == "points")).get("points")
    if told is None:
        return asked
    kinds = told.filter(pl.col("kind").is_not_null(), pl.col("until").is_null() | (pl.col("until") > book.at))
    newest = kinds.unique(["customer", "point"], keep="last", maintain_order=True)
    return asked.join(
        newest.select("customer", "point", address_kind="kind"),
        on=["customer", "point"],
        how="left",
        maintain_order="left",
    )


def law_facts(book: Book, customers: pl.Series, *, ledger: bool = False) -> LawFacts:
    """What the gate may know of these customers. `ledger`: also the state of each debt, for acts that pass debts on."""
    wanted = pl.col("customer").is_in(customers.implode())
    mine = book.customers.filter(wanted).join(
        book.creditors.select("creditor", home="timezone", home_country="country"), on="creditor"
    )
    told = frames(book.circumstances.filter(wanted))
    holds = book.holds.filter(wanted)
    return LawFacts(
        locations=_with(told, "locations", locations(book, mine)),
        log=_log(book.contacts.filter(wanted)),
        suppressions=_with(
            told,
            "suppressions",
            book.opt_outs.filter(wanted).select(
                "customer", pl.col("channel").replace(_MEDIUM).alias("medium"), pl.col("point").cast(pl.String)
            ),
        ),
        holds=pl.concat(
            [
                holds.select("customer", "debt", "kind", "until"),
                doubts(book).filter(wanted).select("customer", kind=pl.lit("doubt"), reason="doubt"),
            ],
            how="diagonal",
        ),
        # A dispute that is held as one is a dispute before the law, in writing until somebody says otherwise.
        disputes=_with(
            told,
            "disputes",
            holds.filter(pl.col("kind") == "dispute").select(
                "customer", "debt", kind=pl.lit("dispute"), written=pl.lit(True), until="until"
            ),
        ),
        bankruptcies=_with(
            told,
            "bankruptcies",
            holds.filter(pl.col("kind") == "insolvency").select(
                "customer", "debt", kind=pl.lit("filed"), until="until"
            ),
        ),
        debts=_with(told, "debts", _states(book.debts.filter(wanted)) if ledger else empty("debts")),
        creditors=_creditors(book),
        **{name: frame for name, frame in told.items() if name not in _SHARED},
    )


_SHARED: Final = {"locations", "suppressions", "disputes", "bankruptcies", "debts"}
"""Frames that other tables feed too."""


def _with(told: dict[str, pl.DataFrame], name: str, known: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([known, told[name]], how="diagonal") if name in told else known


def _log(contacts: pl.DataFrame) -> pl.DataFrame:
    """Contacts as the law counts them: one row per contact and debt, one without a debt where it was about none."""
    phone = pl.col("channel") == "phone"
    channel = (
        pl.when(phone & (pl.col("direction") == "in"))
        .then(pl.lit("inbound_call_response"))
        .otherwise(pl.col("channel").replace(_CHANNEL))
    )
    named = contacts.with_columns(debt="debts").explode("debt") if contacts["debts"].null_count() < contacts.height else (
        contacts.with_columns(debt=pl.lit(None, pl.Int64))
    )  # fmt: skip
    return named.select(
        "customer",
        "person",
        "contact",
        "debt",
        channel.alias("channel"),
        "direction",
        "at",
        "purpose",
        pl.col("point").cast(pl.String),
        # What has come back from a message says nothing of a call: only calls have results that rules read.
        result=pl.when(phone).then(pl.col("outcome").replace(_RESULT)).otherwise(pl.lit("sent")),
        conversation=pl.coalesce(
            "conversation", pl.when(phone).then(pl.col("outcome").is_in(["talked", "called_us"])).otherwise(False)
        ),
        discussed=pl.col("discussed").is_null() | pl.col("debt").is_null() | pl.col("discussed").list.contains(pl.col("debt")),
    )  # fmt: skip


def _states(debts: pl.DataFrame) -> pl.DataFrame:
    return debts.select(
        "customer",
        "debt",
        status=pl.when(pl.col("closed").is_not_null()).then(pl.lit("paid")),
        amount_minor="open",
        currency="currency",
        late_on="due",
    )


def _creditors(book: Book) -> pl.DataFrame:
    """Where each creditor sits: believed for opening hours only, where nothing is known of a business customer."""
    rows = []
    for row in book.creditors.iter_rows(named=True):
        _, law = places(row["country"], "", "", row["timezone"], row["timezone"], row["country"])[0]
        rows.append((row["creditor"], row["timezone"], law or row["country"]))
    schema = {"creditor": pl.Int64, "tz": pl.String, "jurisdiction": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").join(
        book.creditors.select("creditor", "fresh_at"), on="creditor", maintain_order="left"
    )
