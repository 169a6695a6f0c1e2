"""What a message, script or envelope may not say, and what it must. 12 CFR 1006.14(c)-(g), .18, .22."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, NOTHING, Docket, findings
from duecourse.core.law.rule import Finder, Flag, Numbers, Rule
from duecourse.core.law.scopes import CALIFORNIA, CALLS, CONTACT, OUTBOUND, REGF, TO_CONSUMER

LCM = pl.col("lcm")
# What a claim is about, whatever it is called.
SUES = r"(?:^|[ _])su(?:e|it)s?(?:$|[ _])|court|legal_action|lawsuit|litigat|proceedings"
SEIZES = r"seiz|garnish|attach|levy|repossess|sale_of_property|sell_property|take_property|wages"
NEVER = (
    r"arrest|jail|prison|crim|police|immigra|government|federal_agency|credit_bureau_affil|lose_defen|lose_claim|"
    r"innocent_purchaser|legal_process|false|wrong|vouched|bonded"
)
# Words that no envelope about a debt may carry. Addresses and neutral business names have none of them.
NOTICE_WORDS = (
    r"\b(?:past due|overdue|over due|final|urgent|important|confidential|personal|private|notice|time sensitive|open|"
    r"immediate\w*|action required|demand|warning|debts?|collect\w*|recover\w*|receivables|owed?|unpaid|arrears|"
    r"delinquen\w*|balance|settle\w*|payments?|pay|credit|legal|court|attorney|lawyer|sheriff|summons|arrest)\b"
)
MAILING_MARKS = r"forwarding and address correction requested|return service requested|address service requested"


def any_claim(about: str) -> pl.Expr:
    """Does the message make a claim of this kind?"""
    return pl.col("claims").list.join(" ").str.contains(about)


def told_off(_: Numbers) -> pl.Expr:
    """A language used that the disclosure does not speak."""
    return (pl.col("languages").list.set_difference("disclosure_languages").list.len() > 0).fill_null(False)


def on(rule: str, scope: pl.Expr, column: str, says: str) -> Flag:
    """A rule that one content column breaks by being true."""
    return Flag(rule, scope, (column,), lambda _: pl.col(column), says)


def oral_start(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """The first communication was spoken, and this first written one does not repeat the disclosure: 1006.18(e)(1)."""
    if not docket.has("says_attempt_to_collect") or not docket.facts.log["conversation"].any():
        return NOTHING
    written = pl.col("channel").is_in(["email", "sms", "letter", "portal"])
    silent = ~pl.col("says_attempt_to_collect").fill_null(True)
    rows = docket.pick(scope & written & silent, "person")
    log = docket.facts.log.filter(pl.col("by_us").fill_null(True)).select(
        "customer", "at", spoke=pl.col("conversation").fill_null(False), wrote=written & (pl.col("direction") == "out")
    )
    met = rows.join(log, on="customer").filter(pl.col("at") <= pl.col("known"))
    spoken = met.group_by("row").agg(pl.col("spoke").any(), pl.col("wrote").any()).filter("spoke", ~pl.col("wrote"))
    return findings(
        spoken, BLOCK, "The first letter or message after a first conversation must repeat who we are and why we write."
    )


def postcard(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Anybody can read a postcard."""
    return findings(docket.pick(scope), BLOCK, "No postcards about a debt.")


ENVELOPE = pl.col("envelope_text").str.to_lowercase().str.replace_all(MAILING_MARKS, "")
FIRST = pl.col("communication_number").fill_null(1) <= 1
SAYS = REGF & CONTACT & TO_CONSUMER & ~LCM
INITIAL, MANNERS, TRUTH, FAIR = "US-REGF-18e-DISCLOSURE", "US-REGF-14cdg", "US-REGF-18-MISLEAD", "US-REGF-22-UNFAIR"
DISCLOSURES: tuple[Rule, ...] = (
    Flag(
        INITIAL,
        SAYS,
        ("says_attempt_to_collect", "communication_number"),
        lambda _: FIRST & ~pl.col("says_attempt_to_collect"),
        "The first contact must say that it is an attempt to collect a debt.",
        missing=FIRST & pl.col("says_attempt_to_collect").is_null(),
    ),
    Flag(
        INITIAL,
        SAYS,
        ("says_from_debt_collector", "communication_number"),
        lambda _: ~pl.col("says_from_debt_collector") & ~(FIRST & pl.col("communication_number").is_not_null()),
        "Each contact must say that it is from a debt collector.",
        missing=~FIRST & pl.col("says_from_debt_collector").is_null(),
    ),
    Flag(
        INITIAL,
        SAYS,
        ("languages", "disclosure_languages"),
        told_off,
        "The disclosure must come in every language used.",
    ),
    Finder(INITIAL, SAYS, ("log",), oral_start),
)


def conduct(scope: pl.Expr, name: str | None = None) -> tuple[Rule, ...]:
    """15 U.S.C. 1692d-1692f as Regulation F words them. They bind a creditor in California too, under that law's `name`."""
    says = scope & CONTACT
    threat = f"{SUES}|{SEIZES}"
    return (
        Flag(
            name or MANNERS,
            scope & OUTBOUND & (CALLS | (pl.col("channel") == "visit")) & TO_CONSUMER & ~LCM,
            ("meaningful_identity",),
            lambda _: ~pl.col("meaningful_identity"),
            "A call must say who is calling.",
        ),
        on(name or MANNERS, says, "obscene", "Abusive language."),
        on(name or MANNERS, says, "threatens_violence", "A threat of harm."),
        on(name or MANNERS, scope, "publishes_debtor_list", "A list of people who owe must not be published."),
        on(name or MANNERS, scope, "advertises_debt", "A debt must not be advertised for sale to press for payment."),
        on(name or TRUTH, says, "simulates_court_document", "It looks like a court document."),
        on(name or TRUTH, says, "false_name", "It uses a name that is not ours."),
        on(name or TRUTH, says, "hides_identity", "It hides who we are."),
        on(name or TRUTH, says, "false_amount", "The amount or status is not what the ledger says."),
        Flag(
            name or TRUTH,
            says,
            ("claims",),
            lambda _: any_claim(NEVER),
            "It makes a claim that is never true of a debt letter.",
        ),
        Flag(
            name or TRUTH,
            says,
            ("claims", "action_intended"),
            lambda _: any_claim(threat) & ~pl.col("action_intended").fill_null(False),
            "It threatens a step that is not intended.",
        ),
        Flag(
            name or TRUTH,
            says,
            ("claims", "action_lawful"),
            lambda _: any_claim(threat) & ~pl.col("action_lawful"),
            "It threatens a step that the law does not allow.",
        ),
        Flag(
            name or TRUTH,
            says,
            ("claims", "signer_is_attorney"),
            lambda _: any_claim("attorney|lawyer|law_firm") & ~pl.col("signer_is_attorney").fill_null(False),
            "It claims to come from an attorney.",
        ),
        Flag(
            name or FAIR,
            scope,
            ("fee_minor", "fee_authorised"),
            lambda _: (pl.col("fee_minor") > 0) & ~pl.col("fee_authorised").fill_null(False),
            "The fee is neither agreed nor allowed by law.",
        ),
        Finder(name or FAIR, says & (pl.col("channel") == "postcard"), (), postcard),
        Flag(
            name or FAIR,
            says & (pl.col("medium") == "letter"),
            ("envelope_text",),
            lambda _: ENVELOPE.str.contains(NOTICE_WORDS),
            "The envelope may carry nothing but the address and a neutral business name.",
        ),
        Flag(
            name or FAIR,
            says & (pl.col("channel") == "social"),
            ("publicly_viewable",),
            lambda _: pl.col("publicly_viewable"),
            "Others could read it on social media.",
        ),
        Flag(
            name or "US-REGF-6b4-CONSENT",
            says,
            ("continues_inconvenient_call",),
            lambda _: pl.col("continues_inconvenient_call"),
            "Consent cannot be asked for in the inconvenient call itself. Ask what time suits, then end it.",
        ),
    )


RULES: tuple[Rule, ...] = (*DISCLOSURES, *conduct(REGF), *conduct(CALIFORNIA, "US-CA-ROSENTHAL"))
