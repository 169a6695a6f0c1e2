"""The receipt of a decision: what was known, which rules spoke, what was chosen, and a hash that proves it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from duecourse.actions import keep_frames
from duecourse.core.decide import playbook as playbooks
from duecourse.core.decide.explain import headline, reasons
from duecourse.core.decide.permits import candidates, law_facts
from duecourse.core.facts.book import Book
from duecourse.core.law.gate import Rulebook, gate
from duecourse.records.journal.models import Contact, Decision, Outbox, Run, RunPart
from duecourse.records.parties.models import Customer


class NotFound(LookupError):
    """No such customer, contact or run; the message says which."""


@dataclass(frozen=True)
class Receipt:
    """One customer in one run. `facts` are the rows the decision read, by frame; `row` is the decision as it was made."""

    run_id: int
    as_of: str
    decided_at: str
    playbook: str
    rules_digest: str
    customer_ref: str
    verdict: str
    why: str
    headline: str
    step: str
    not_before: str | None
    reasons: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    facts: dict[str, list[dict[str, Any]]]
    row: dict[str, Any]
    part_digest: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def receipt(customer: Customer, *, folder: Path, run_id: int | None = None) -> Receipt:
    """The receipt of the newest run that decided this customer, or of `run_id`. Raises NotFound."""
    part = (
        RunPart.objects.filter(first_shard__lte=customer.shard, last_shard__gte=customer.shard)
        .filter(**({"run_id": run_id} if run_id else {}))
        .select_related("run")
        .order_by("-run_id")
        .first()
    )
    if part is None:
        raise NotFound("No run has decided this customer yet. Run `duecourse day`.")
    return _of_part(part, part.run, customer, folder / str(part.run_id))


def find_customer(name: str, *, creditor: str = "") -> Customer:
    """By the creditor's own reference, or by the id of a contact, outbox row or decision. Raises NotFound."""
    found = Customer.objects.filter(ref=name)
    if creditor:
        found = found.extra(where=["creditor_id IN (SELECT id FROM creditor WHERE name = %s)"], params=[creditor])
    rows = list(found[:2])
    if len(rows) > 1:
        raise NotFound(f"More than one creditor has a customer {name}: name the creditor with --creditor.")
    if rows:
        return rows[0]
    if name.isdecimal():
        for model in (Outbox, Decision, Contact):
            hit = model.objects.filter(id=int(name)).first()
            if hit:
                return Customer.objects.get(shard=hit.shard, id=hit.customer_id)
    raise NotFound(f"There is no customer and no contact {name}.")


def _of_part(part: RunPart, run: Run, customer: Customer, folder: Path) -> Receipt:
    try:
        decisions = keep_frames.decisions(folder, part.first_shard)
        book = keep_frames.facts(folder, part.first_shard, at=run.decided_at)
    except FileNotFoundError:
        raise NotFound(f"The frames of run {run.id} are not in {folder}.") from None
    rows = decisions.filter(pl.col("customer") == customer.id)
    if rows.height == 0:
        raise NotFound(f"The customer came after run {run.id}.")
    row = rows.row(0, named=True)
    steps = playbooks.read(run.playbook_text).steps
    facts = {
        name: frame.filter(pl.col("customer") == customer.id).to_dicts()
        for name, frame in book.frames().items()
        if "customer" in frame.columns
    }
    debts = {d["debt"] for d in facts["debts"]}
    facts["reminded"] = book.reminded.filter(pl.col("debt").is_in(list(debts))).to_dicts()
    return Receipt(
        run_id=run.id,
        as_of=run.as_of.isoformat(),
        decided_at=run.decided_at.isoformat(),
        playbook=run.playbook,
        rules_digest=run.rules_digest,
        customer_ref=customer.ref,
        verdict=row["verdict"],
        why=row["why"],
        headline=headline(row["why"]),
        step=steps[row["step"] - 1] if row["step"] else "",
        not_before=row["not_before"].isoformat() if row["not_before"] else None,
        reasons=reasons(row, steps=steps),
        rules=_rules(row, book, run),
        facts={name: rows for name, rows in facts.items() if rows},
        row=row,
        part_digest=part.digest,
    )


def _rules(row: dict[str, Any], book: Book, run: Run) -> list[dict[str, Any]]:
    """Every rule that applied to the message that was weighed, kept or not: asked again of the recorded facts.

    The decision keeps only the rules that held it; those that let it pass are the same pure function away.
    """
    if row["point"] is None or not row["debts"]:
        return row["rules"] or []
    rulebook = Rulebook.load(as_of=run.as_of)
    if rulebook.fingerprint != run.rules_digest:
        return row["rules"] or []  # another version's rules would explain another decision
    weighed = pl.DataFrame([row]).select("customer", "channel", "point", "debts")
    answer = gate(candidates(weighed, book), law_facts(book, weighed["customer"]), rules=rulebook, trace=True)
    return answer["rules"][0].to_list()
