"""Fields that a header's words point to, each with a score and the reason."""

from __future__ import annotations

from functools import cache

from duecourse.connectors.importers.invoices.currencies import exponents
from duecourse.connectors.importers.invoices.fields import BY_NAME
from duecourse.connectors.importers.invoices.words import Phrase, normalise, phrases, run_together, split_currency

Named = tuple[str, float, str]


@cache
def by_name(header: str) -> tuple[tuple[Named, ...], str]:
    """Candidate fields with scores from 0 to 1, best first, and the currency that the header names.

    >>> by_name("*InvoiceNo")[0][0][:2], by_name("Total (USD)")[0][0][:2], by_name("Total (USD)")[1]
    (('invoice_ref', 1.0), ('amount', 1.0), 'USD')
    """
    rest, currency = split_currency(header, frozenset(exponents()))
    shape = normalise(rest)
    shape = run_together().get(shape, shape)
    exact = {p.field: (p.score, _says(header, p)) for p in phrases().get(shape, ())}
    for name, scored in _contained(shape).items():
        exact.setdefault(name, scored)
    ordered = sorted(((name, score, why) for name, (score, why) in exact.items()), key=lambda n: -n[1])
    return tuple(ordered), currency


def _contained(shape: str) -> dict[str, tuple[float, str]]:
    """Known phrases inside a longer header: the more of it they cover, the better."""
    tokens = shape.split()
    found: dict[str, tuple[float, str]] = {}
    for length in range(min(len(tokens) - 1, 5), 0, -1):
        for start in range(len(tokens) - length + 1):
            part = " ".join(tokens[start : start + length])
            if length == 1 and len(part) < 5:
                continue
            for phrase in phrases().get(part, ()):
                if phrase.score < 0.9 or BY_NAME[phrase.field].veto & set(tokens):
                    continue
                score = 0.5 + 0.35 * length / len(tokens) + (0.05 if start + length == len(tokens) else 0.0)
                if score > found.get(phrase.field, (0.0, ""))[0]:
                    found[phrase.field] = (score, f"The header holds the words “{part}”.")
    return found


def _says(header: str, phrase: Phrase) -> str:
    return f"The header “{header}” names it." if phrase.score >= 0.9 else f"The header “{header}” may name it."
