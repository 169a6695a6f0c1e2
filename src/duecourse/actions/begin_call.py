"""Begin a call: asked of the gate and counted before it rings, so that two people never place one too many together."""

from __future__ import annotations

from datetime import datetime

from duecourse.actions.pass_gate import Act, pass_gate
from duecourse.core.law.gate import Rulebook
from duecourse.records.journal.models import Contact
from duecourse.records.law.models import Ruling


def begin_call(act: Act, *, by: str, rules: Rulebook, now: datetime) -> tuple[Ruling, Contact | None]:
    """The ruling, and the contact that has begun; None where the gate says no. `act.point_id` is the number to ring.

    Raises ValueError where the act is no call.
    """
    if act.act != "call":
        raise ValueError("a call is begun, nothing else")

    def ring(ruling: Ruling) -> Contact:
        return Contact.objects.create(
            shard=act.shard,
            id=ruling.contact_id,
            creditor_id=act.creditor_id,
            customer_id=act.customer_id,
            contact_point_id=act.point_id,
            debts=list(act.debts) or None,
            channel="phone",
            direction="out",
            purpose="collection",
            outcome="attempted",
            team="collections",
            at=now,
        )

    return pass_gate(act, ring, by=by, rules=rules, now=now)
