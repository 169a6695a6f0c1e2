"""An address that is not our customer's: ended everywhere for this customer, and nothing that waits for it goes out."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from duecourse.actions.record_circumstance import Told, record_circumstance
from duecourse.records.journal.claim import settle, void_reminders
from duecourse.records.journal.models import Outbox
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import ContactPoint

WRONG = "wrong_person"


def end_wrong_point(point: ContactPoint, *, said_by: str, source: str, by: str, now: datetime) -> None:
    """Under the customer's lock: the address ends under every kind and person, its waiting messages are refused, every
    link that was sent to it opens nothing more, and the reason is kept so that no rule counts on the address again."""
    lock_customers([(point.shard, point.customer_id)])
    same = ContactPoint.objects.filter(shard=point.shard, customer_id=point.customer_id, value__iexact=point.value)
    ids = list(same.values_list("id", flat=True))
    same.filter(ended_at__isnull=True).update(ended_at=now, ended_why=WRONG)
    # A row that a sender has claimed is looked at once more under this customer's lock, and finds the address ended.
    waiting = list(
        Outbox.objects.select_for_update(skip_locked=True)
        .filter(shard=point.shard, customer_id=point.customer_id, contact_point_id__in=ids, state="due")
        .values_list("shard", "id")
    )
    settle([(shard, id_, "refused", WRONG) for shard, id_ in waiting], now=now)
    void_reminders(waiting)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pay_link l SET revoked_at = %s FROM outbox o WHERE l.shard = %s AND l.customer_id = %s AND o.shard = l.shard"
            " AND o.id = l.outbox_id AND o.contact_point_id = ANY(%s) AND l.revoked_at IS NULL",
            [now, point.shard, point.customer_id, ids],
        )
    for id_ in ids:
        record_circumstance(
            Told(
                shard=point.shard,
                creditor_id=point.creditor_id,
                customer_id=point.customer_id,
                kind="points",
                data={"not_theirs_at": now},
                said_by=said_by,
                source=source,
                recorded_by=by,
                point_id=id_,
            ),
            now=now,
        )
