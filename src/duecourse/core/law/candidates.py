"""Candidates as the rules see them: checked, typed, defaults filled, and the flags that most rules ask for worked out
once."""

from __future__ import annotations

import polars as pl

from duecourse.core.facts.law_candidates import ACT, CHANNELS, CONTENT, MEDIUM

DEFAULTS = {"business": False, "collector": "first_party", "action": "contact", "recipient": "consumer"}
LIMITED = ("must_qualify_as_lcm", "qualifies_as_lcm")
SELLING = ("marketing", "primary_purpose")
ROBOTIC = ("autodialed_text", "autodialed_call", "prerecorded_voice", "artificial_voice")
NEEDED = ("candidate", "customer", "channel", "at")


class CandidateError(ValueError):
    """A candidate frame that the gate cannot judge: says which column, and the mend."""


def prepare(candidates: pl.DataFrame, *, promises: bool) -> pl.DataFrame:
    """One row per candidate with all ACT columns, the CONTENT columns that were given, and these flags:

    `place` position as it came, `row` position by customer, `t` the instant judged, `known` the instant up to which
    facts count, `medium`, `contact`, `outbound` (we begin it), `to_consumer` (reaches the consumer in the sense of
    12 CFR 1006.6(a)), `consumer`, `third_party`, `lcm` (a limited-content voicemail), `robotic` (automated technology),
    `marketing_act`.

    promises: the house rules apply.
    Raises CandidateError.
    """
    _check(candidates)
    schema = ACT | {name: kind for name, kind in CONTENT.items() if name in candidates.columns}
    columns = []
    for name, kind in schema.items():
        if name in candidates.columns:
            column = pl.col(name).cast(kind)
            columns.append(column.fill_null(DEFAULTS[name]) if name in DEFAULTS else column)
        else:
            columns.append(pl.lit(DEFAULTS.get(name), dtype=kind).alias(name))
    try:
        typed = candidates.select(columns)
    except pl.exceptions.PolarsError as error:
        raise CandidateError(
            f"A candidate column has the wrong type or an unknown word ({type(error).__name__}). Needed: {schema}."
        ) from None
    medium = pl.col("channel").replace_strict(
        list(MEDIUM), list(MEDIUM.values()), default=None, return_dtype=pl.Enum(sorted(set(MEDIUM.values())))
    )
    contact = pl.col("action") == "contact"
    lacking = [name for name in ("technology", *LIMITED, *SELLING) if name not in typed.columns]
    typed = typed.with_columns(pl.lit(None, dtype=CONTENT[name]).alias(name) for name in lacking)
    # Where the house leaves limited-content voicemails only, one that says nothing about it is meant as such.
    voicemail = pl.col("channel").is_in(["voicemail", "ringless_voicemail"])
    meant = voicemail & pl.col("must_qualify_as_lcm").is_null() & promises
    return (
        typed.with_row_index("place")
        .sort("customer", maintain_order=True)
        .with_row_index("row")
        .with_columns(
            lcm=meant | pl.any_horizontal(pl.col(name).fill_null(False) for name in LIMITED),
            robotic=pl.col("technology").is_in(ROBOTIC).fill_null(False),
            marketing_act=pl.col("marketing").fill_null(False)
            | pl.col("primary_purpose").is_in(["commercial", "marketing"]).fill_null(False),
            t=pl.col("at"),
            known=pl.col("at"),
            medium=medium,
            contact=contact,
            outbound=contact & (pl.col("channel") != "inbound_call_response"),
            to_consumer=pl.col("recipient").is_in(
                ["consumer", "spouse", "parent", "guardian", "executor", "successor_in_interest"]
            ),
            consumer=~pl.col("business"),
            third_party=pl.col("collector") == "third_party",
        )
    )


def _check(candidates: pl.DataFrame) -> None:
    for name in NEEDED:
        if name not in candidates.columns:
            raise CandidateError(f"Candidates lack the column {name!r}. Add it; needed are {', '.join(NEEDED)}.")
        if candidates[name].null_count():
            raise CandidateError(f"Candidate column {name!r} has an empty cell. Fill it or leave the row out.")
    unknown = [name for name in candidates.columns if name not in ACT and name not in CONTENT]
    if unknown:
        raise CandidateError(
            f"Unknown candidate column {unknown[0]!r}: the gate would not read it. Name it as in law_candidates."
        )
    if candidates["candidate"].n_unique() != candidates.height:
        raise CandidateError("Column 'candidate' repeats an id. Give each candidate its own.")
    strange = set(candidates["channel"].cast(pl.String).unique()) - set(CHANNELS)
    if strange:
        raise CandidateError(f"Unknown channel {sorted(strange)[0]!r}. Channels: {', '.join(CHANNELS)}.")
    kind = candidates.schema["at"]
    if not isinstance(kind, pl.Datetime) or kind.time_zone is None:
        raise CandidateError("Column 'at' must be aware instants: Datetime in UTC.")
