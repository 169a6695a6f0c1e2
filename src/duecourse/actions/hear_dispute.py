"""Something is wrong, said on the customer's page: a dispute with its clock and its files, or an invoice that is sent again at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duecourse.actions.dispute import NewDispute, bring, open_dispute
from duecourse.actions.hear_customer import CUSTOMER, Caller, listened
from duecourse.actions.keep_evidence import Brought, keep
from duecourse.actions.never_received import never_received
from duecourse.records.cases.disputes import Dispute
from duecourse.records.journal.models import Contact
from duecourse.records.reads.creditor_day import day_of


@dataclass(frozen=True, slots=True)
class Heard:
    """`answer_by`: when a person answers. `due`: the new due date of an invoice that was sent again."""

    answer_by: date | None = None
    due: date | None = None


def hear_dispute(
    caller: Caller, reason: str, words: str, *, debt_id: int | None, files: Sequence[Brought] = (), email: str = "",
    now: datetime,
) -> Heard:  # fmt: skip
    """In the running transaction. Raises NotPossible for a reason or a debt that does not exist.

    An invoice is sent again without a person once; told of it later, or in words (sealed ones, too), a person looks.
    """
    said = listened(caller, words, now=now)
    Contact.objects.create(
        shard=caller.shard, creditor_id=caller.creditor_id, customer_id=caller.customer_id, channel="portal", direction="in",
        purpose="reply", outcome="dispute", summary=said, at=now,
    )  # fmt: skip
    if (
        reason == "no_invoice"
        and debt_id is not None
        and not words.strip()
        and not files
        and not _sent_again(caller, debt_id)
    ):
        who = (caller.shard, caller.creditor_id, caller.customer_id)
        return Heard(
            due=never_received(who, debt_id, cause="not_found", form="portal", by=CUSTOMER, now=now, email=email)
        )
    made = open_dispute(
        NewDispute(
            caller.shard, caller.creditor_id, caller.customer_id, reason, "portal", day_of(caller.creditor_id, now), CUSTOMER,
            debt_id, said,
        ),
        now=now,
    )  # fmt: skip
    for one in files:
        keep(one, caller.creditor_id)
        bring(
            made, by=CUSTOMER, file_name=one.name, media_type=one.media_type, size_bytes=len(one.content), sha256=one.sha256,
            now=now,
        )  # fmt: skip
    return Heard(answer_by=made.answer_by)


def _sent_again(caller: Caller, debt_id: int) -> bool:
    return Dispute.objects.filter(
        shard=caller.shard, customer_id=caller.customer_id, debt_id=debt_id, reason="no_invoice"
    ).exists()
