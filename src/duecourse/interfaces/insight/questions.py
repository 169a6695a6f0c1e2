"""What people ask of a book of debts, each answered two clicks from the desk: the dashboard, then the question."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

QUESTIONS = (
    ("How much is overdue, and how old is it?", "report", "portfolio", "ageing"),
    ("Does what is late get later?", "report", "portfolio", "roll-rates"),
    ("When does the money come?", "report", "cash", "cash-forecast"),
    ("Why are they late?", "report", "causes", "cause-groups"),
    ("How long does a customer wait for a person?", "report", "team", "time-to-human"),
    ("What waits for us?", "report", "team", "waiting"),
    ("What did the rules hold back?", "report", "compliance", "refusals"),
    ("Is anybody treated worse than others?", "report", "fairness", "treatment-kind"),
    ("What does collecting cost, and do customers stay?", "costs", "", ""),
    ("Why do our figures differ from the books?", "books", "", ""),
)
"""Question, route, report, finding."""


def questions(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """(question, address); the chosen book goes along."""
    kept = urlencode({k: request.GET[k] for k in ("currency", "creditor") if request.GET.get(k)})
    return tuple(
        (
            asked,
            reverse(f"desk:{route}", args=[report] if report else [])
            + (f"?{kept}" if kept else "")
            + (f"#{finding}" if finding else ""),
        )
        for asked, route, report, finding in QUESTIONS
    )
