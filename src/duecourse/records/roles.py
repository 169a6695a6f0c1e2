"""What the application's role may do, table by table. Granted anew after every migration."""

from __future__ import annotations

from typing import Any

from django.db import connections

APP_ROLE = "duecourse_app"
REPORTS_ROLE = "duecourse_reports"
"""Reads the views of the schema `reports`, where somebody has made it (site.reports_role)."""

APPEND_ONLY = frozenset(
    "entry leg consent promise note decision message attempt receipt contact payment_event run_part sending_mode"
    " circumstance contact_outcome ruling affordability offer offer_policy arrangement instalment agreement arrangement_end"
    " evidence receipts_told cost_sheet trial trial_look trial_end improvement improvement_review"
    " words_version words_publication".split()
)
"""SELECT and INSERT only: what was said, done or booked is never changed."""

READ_ONLY = frozenset({"block", "chain_head", "credit"})
"""Kept by the ledger's trigger, which runs as the owner."""

UPDATABLE = {
    "creditor": "name,trading_as,country,currency,timezone,language,address,signed_by,phone,phone_hours,email,bank_details",
    "membership": "role",
    "sign_in_link": "used_at",
    "customer": "name,kind,salutation,language,country,region,timezone,address",
    "contact_point": "person,role,rank,line,ended_at,ended_why",
    "debt": "description,purchase_order,due_date,round",
    "rule_override": "decided_by_id,decided_by,decided_at,granted",
    "inbound": "creditor_id,taken_by,taken_at,handled_by,handled_at,outcome",
    "inbound_about": "ended_at",
    "ticket": "heard_at,hold_id,closed_by,closed_at,outcome,told_outbox_id",
    "hold": "until_at,review_date,lifted_by,lifted_why",
    "task": "owner,due_at,closed_at,closed_by,outcome",
    "approval": "decided_by_id,decided_by,decided_at,granted",
    "arrangement_debt": "until_at",
    "dispute": "owner,outcome,adjusted_minor,answer,closed_by,closed_at",
    "payment": "gateway,gateway_ref,state,redirect_url,updated_at",
    "pay_link": "revoked_at",
    "run": "state,finished_at",
    "outbox": "state,due_at,changed_at,why",
    "reminder": "void",
    "segment_choice": "until_at,ended_by",
    "what_if": "state,done,result,why,changed_at",
    "import_file": "mapping,conventions,source,state,rows,taken,unchanged,refused,next_row,summary,finished_at",
}
"""Columns that may change after the row is written; nobody may delete a row."""


def grant(alias: str = "owner") -> None:
    """Give the application's role exactly what this file says."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        if cursor.fetchone() is None:
            return
        # Pieces of a split table are reached through it alone: its policies and triggers hold there, not on the pieces.
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT relispartition"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'REVOKE ALL ON "{table}" FROM {APP_ROLE}')
            for privilege in _privileges(table):
                cursor.execute(f'GRANT {privilege} ON "{table}" TO {APP_ROLE}')
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [REPORTS_ROLE])
        if cursor.fetchone():
            cursor.execute(f"GRANT USAGE ON SCHEMA reports TO {REPORTS_ROLE}")
            cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA reports TO {REPORTS_ROLE}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")


def _privileges(table: str) -> list[str]:
    if table in READ_ONLY:
        return ["SELECT"]
    if table in APPEND_ONLY:
        return ["SELECT, INSERT"]
    if table in UPDATABLE:
        return ["SELECT, INSERT", f"UPDATE ({UPDATABLE[table]})"]
    if table == "django_migrations":
        return ["SELECT"]
    return ["SELECT, INSERT, UPDATE, DELETE"]


def grant_after_migrate(sender: Any, using: str, **_: Any) -> None:
    """Signal receiver: `post_migrate` of the records app."""
    if using == "owner":
        grant(using)
