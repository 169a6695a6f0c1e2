"""Run law cases through the production gate. Format: FORMATS.md "duecourse law exam" and the exam's README.

Nothing here decides anything: cases become facts and candidates, and the gate answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from duecourse.core.facts.law_candidates import ACT, CONTENT
from duecourse.core.facts.law_schemas import SCHEMAS
from duecourse.core.law.exam.dossier import CaseError, Dossier
from duecourse.core.law.exam.read import read
from duecourse.core.law.exam.score import Mark, mark, unread
from duecourse.core.law.gate import LawFacts, Rulebook, gate

__all__ = ["Mark", "take"]


def take(cases: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """Answer every case and compare with what it expects, in the order given. A case that cannot be read fails, and says why."""
    papers, marks = [], {}
    for customer, case in enumerate(cases, 1):
        try:
            papers.append(read(case, customer))
        except CaseError as error:
            marks[customer] = unread(case, str(error))
    for rules, group in _by_rulebook(papers):
        answers = gate(_table(group), LawFacts(**_facts(group)), rules=rules, house=False)
        by_customer = {paper.customer: paper for paper in group}
        for answer in answers.iter_rows(named=True):
            marks[answer["candidate"]] = mark(by_customer[answer["candidate"]].case, answer)
    return [marks[customer] for customer in sorted(marks)]


def _by_rulebook(papers: list[Dossier]) -> list[tuple[Rulebook, list[Dossier]]]:
    """Cases of dates on which the same rules are in force go through the gate together."""
    groups: dict[str, tuple[Rulebook, list[Dossier]]] = {}
    for paper in papers:
        rules = Rulebook.load(as_of=paper.at.date())
        groups.setdefault(rules.fingerprint, (rules, []))[1].append(paper)
    return list(groups.values())


def _table(papers: list[Dossier]) -> pl.DataFrame:
    names = {name for paper in papers for name in paper.candidate}
    schema = {name: kind for name, kind in {**ACT, **CONTENT}.items() if name in names}
    return pl.DataFrame([paper.candidate for paper in papers], schema=schema)


def _facts(papers: list[Dossier]) -> dict[str, pl.DataFrame]:
    return {
        name: pl.DataFrame([row for paper in papers for row in paper.rows[name]], schema=schema)
        for name, schema in SCHEMAS.items()
    }
