"""The model card: what a forecast was learned from, how it did, where it must not be trusted. For people and machines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from duecourse.core.predict.explain import REASONS, WAYS
from duecourse.core.predict.model import SILENT, Model

USE = "To expect when an open invoice is paid, to plan cash, and to offer help early. A person decides what follows."
NOT_FOR = (
    "Refusing a customer, setting prices or limits, or judging a person. "
    "No name, address, age, gender, origin or health is read, and none may be added."
)
LIMITS = (
    "A customer without settled invoices gets the habit of all customers, and the forecast says so.",
    "An invoice that is never paid has no payment date: the forecast is for those that are paid.",
    "It knows the holidays of one country only, and nothing of a crisis that has just begun.",
    "A band holds eight in ten invoices over all, not for each single customer.",
)


def make_card(
    model: Model,
    *,
    learned_until: str,
    fitted_at: str,
    fitted_by: str,
    data: Mapping[str, Any],
    back_test: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """A card as plain data. `data` describes the invoices; `back_test` is a report of `evaluate` on an earlier split."""
    return {
        "what": "Forecast of payment dates of invoices",
        "learned_until": learned_until,
        "fitted_at": fitted_at,
        "fitted_by": fitted_by,
        "data": dict(data),
        "known_outcomes": model.prior.count,
        "days_by": model.days_by,
        "late_by": model.late_by,
        "switched_off": model.days_by != "learned",
        "holidays_of": model.country or None,
        "judged_by": model.later,
        "trials": {name: {"mae": t.mean_error, "brier_late": t.brier} for name, t in model.trials.items()},
        "reads": list(REASONS.values()),
        "back_test": dict(back_test) if back_test is not None else None,
        "use": USE,
        "not_for": NOT_FOR,
        "limits": list(LIMITS),
    }


def card_text(card: Mapping[str, Any]) -> str:
    """The card as Markdown."""
    lines = [
        f"# {card['what']}",
        "",
        f"Learned until {card['learned_until']} from {card['known_outcomes']:,} invoices, by {card['fitted_by']}.",
        "",
        _chosen(card),
        "",
        "## For",
        card["use"],
        "",
        "## Not for",
        card["not_for"],
        "",
        "## What it reads",
        *(f"- {reason}" for reason in card["reads"]),
        "",
        "## How the ways to forecast did on the latest invoices",
        "| way | mean error, days | chance of late (Brier, 0 is best) |",
        "|---|---:|---:|",
        *(f"| {name} | {t['mae']:.2f} | {t['brier_late']:.3f} |" for name, t in card["trials"].items()),
        "",
        *_back_test(card["back_test"]),
        "## Limits",
        *(f"- {limit}" for limit in card["limits"]),
        "",
    ]
    return "\n".join(lines)


def _chosen(card: Mapping[str, Any]) -> str:
    if card["days_by"] == SILENT:
        return "Not enough data: nothing is forecast."
    return WAYS.get(card["days_by"], "The learned forecast did best on later invoices, so this model uses it.")


def _back_test(report: Mapping[str, Any] | None) -> list[str]:
    if report is None or report["mae"] is None:
        return ["## Back test", "Not enough data for one.", ""]
    ways = {
        "forecast": report,
        "always on time": report["always_on_time"],
        "customer's median": report["customer_as_of_median"],
    }

    def cell(value: float | None) -> str:
        return "–" if value is None else f"{value:.3f}"

    return [
        f"## Back test: invoices due from {report['split_date']}, learned before that day only",
        "| way | mean error, days | AUC late | Brier | inside the band |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {cell(w['mae'])} | {cell(w['auc_late'])} | {cell(w['brier_late'])} | {cell(w['interval_coverage'])} |"
            for name, w in ways.items()
        ),
        "",
    ]
