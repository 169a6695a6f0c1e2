"""Compliance: what was asked of the rules, what they held back, and which of them people set aside."""

from __future__ import annotations

from duecourse.interfaces.insight.reports.report import NOTHING, Ask, Report, chart, percent
from duecourse.interfaces.insight.svg.across import across
from duecourse.records.insight.held_back import acts, overrides, refusals, stopped


def compliance(ask: Ask) -> Report:
    whose = {"creditors": ask.creditors, "now": ask.now}
    held, asked, late, aside = refusals(**whose), acts(**whose), stopped(**whose), overrides(**whose)
    total, kept = sum(r[1] for r in asked), sum(r[2] for r in asked)
    return Report(
        "Compliance",
        "Every act asks the rules first. Each answer is kept with the facts it was given on.",
        {
            "refusals": chart(
                ask,
                "refusals",
                "Held by rule",
                "last 90 days",
                f"Of {total:,} acts that asked, {kept:,} were held ({percent(kept, total)})."
                if total
                else "Nothing has asked the rules yet.",
                "Acts that a rule held, by the rule that bound.",
                ("Rule", "Citation", "Held", "Put off"),
                held,
                svg=across(
                    [r[0] for r in held[:12]],
                    [r[2] + r[3] for r in held[:12]],
                    label="Acts held, by rule",
                    word=lambda v: f"{v:,.0f}",
                )
                if held
                else NOTHING,
            ),
            "acts": chart(
                ask,
                "acts",
                "What was asked",
                "last 90 days",
                "By kind of act." if asked else "Nothing yet.",
                "Acts that asked the rules.",
                ("Act", "Asked", "Held"),
                asked,
            ),
            "stopped": chart(
                ask,
                "stopped",
                "Stopped at the last look",
                "messages, last 90 days",
                f"{sum(r[1] for r in late):,} planned messages were stopped right before they went."
                if late
                else "None was stopped.",
                "Planned messages that were not sent, by reason.",
                ("Reason", "Messages"),
                late,
            ),
            "overrides": chart(
                ask,
                "overrides",
                "House rules set aside",
                "last 90 days",
                "A second person decides on each. Rules of law are never set aside."
                if aside
                else "Nobody asked to set a rule aside.",
                "Requests to set a house rule aside once.",
                ("Rule", "Asked", "Granted", "Refused"),
                aside,
            ),
        },
    )
