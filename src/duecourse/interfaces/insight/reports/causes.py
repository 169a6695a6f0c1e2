"""Root causes: why invoices are overdue, as far as anybody knows, and whose move it is."""

from __future__ import annotations

from collections import Counter

from duecourse.core.measure.causes import BY_KEY, CAUSES, GROUPS
from duecourse.core.measure.figures import named
from duecourse.interfaces.insight.charts import brief
from duecourse.interfaces.insight.reports.report import NOTHING, Ask, Report, chart, percent
from duecourse.interfaces.insight.svg.across import across


def causes(ask: Ask) -> Report:
    items = named(dict(ask.course.items), "cause") if ask.course else {}
    counts = {c.key: items.get(f"{c.key}.count", 0) for c in CAUSES}
    amounts = {c.key: items.get(f"{c.key}.amount", 0) for c in CAUSES}
    keys = sorted((k for k in counts if counts[k]), key=lambda k: -amounts[k])
    total, all_count = sum(amounts.values()), sum(counts.values())
    groups: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for key in keys:
        groups[BY_KEY[key].group] += amounts[key]
        sizes[BY_KEY[key].group] += counts[key]
    say = "Nothing is overdue."
    if total:
        ours, unknown = groups["ours"] + groups["technical"], groups["unknown"]
        say = (
            f"{percent(ours, total)} of what is overdue waits on us: our own fault or something technical. "
            f"Of {percent(unknown, total)} nobody has said why."
        )
    word = lambda v: brief(round(v), ask.currency)  # noqa: E731
    return Report(
        "Root causes",
        "One cause for each overdue invoice: what the customer said stands above what we saw.",
        {
            "cause-groups": chart(
                ask,
                "cause-groups",
                "Whose move it is",
                f"overdue amount, {ask.currency}",
                say,
                f"Overdue {ask.currency} invoices by kind of cause.",
                ("Kind of cause", "Invoices", "Amount", "Share"),
                [(GROUPS[g], sizes[g], ask.money(a), percent(a, total)) for g, a in groups.most_common()],
                plain_rows=[
                    (g, sizes[g], ask.plain(a), round(a / total, 4) if total else "") for g, a in groups.most_common()
                ],
                svg=across(
                    [GROUPS[g] for g, _ in groups.most_common()],
                    [float(a) for _, a in groups.most_common()],
                    label="Overdue amount by kind of cause",
                    word=word,
                )
                if total
                else NOTHING,
                total=("All", f"{all_count:,}", ask.money(total), ""),
            ),
            "causes": chart(
                ask,
                "causes",
                "Causes",
                f"overdue amount, {ask.currency}",
                "The same, cause by cause.",
                f"Overdue {ask.currency} invoices by cause.",
                ("Cause", "Kind", "Invoices", "Amount"),
                [(BY_KEY[k].name, GROUPS[BY_KEY[k].group], counts[k], ask.money(amounts[k])) for k in keys],
                plain_rows=[(k, BY_KEY[k].group, counts[k], ask.plain(amounts[k])) for k in keys],
                svg=across(
                    [BY_KEY[k].name for k in keys],
                    [float(amounts[k]) for k in keys],
                    label="Overdue amount by cause",
                    word=word,
                )
                if keys
                else NOTHING,
            ),
        },
        ask.rows_url("causes") if ask.course else "",
    )
