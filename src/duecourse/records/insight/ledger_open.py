"""What the ledger says is open with a creditor, invoice by invoice, and the money that no invoice has taken."""

from __future__ import annotations

import polars as pl

from duecourse.records import arrow


def ledger_open(creditor: int) -> pl.DataFrame:
    """debt (null for money), ref, customer_ref, currency, open in minor units; money is negative."""
    return arrow.read(f"""
        SELECT d.id AS debt, d.ref, c.ref AS customer_ref, d.currency, d.open_minor AS open
          FROM debt d JOIN customer c ON c.shard = d.shard AND c.id = d.customer_id
         WHERE d.creditor_id = {int(creditor)} AND d.open_minor <> 0
        UNION ALL
        SELECT NULL, '', c.ref, x.currency, -x.amount_minor
          FROM credit x JOIN customer c ON c.shard = x.shard AND c.id = x.customer_id
         WHERE x.creditor_id = {int(creditor)} AND x.amount_minor <> 0""")
