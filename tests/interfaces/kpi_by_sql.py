"""The figures once more, in SQL on the tables themselves, from their written definitions. Shares no code with the product."""

from __future__ import annotations

from tests.interfaces.kpi_beyond_by_sql import BEYOND

MOVES = """
WITH kind AS (
  SELECT shard, entry_id, bool_or(account = 'sales') AS sale, bool_or(account = 'writeoff') AS off,
         bool_or(account IN ('cash', 'unmatched')) AS money
    FROM leg WHERE creditor_id = %(creditor)s GROUP BY 1, 2
), move AS (
  SELECT d.id AS debt, d.customer_id AS customer, d.currency, d.issued_date AS issued, d.due_date AS due, e.booked_date AS booked,
         e.posted_at AS posted, l.amount_minor AS amount, k.sale, k.money AND NOT k.sale AND NOT k.off AS money
    FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id JOIN kind k ON k.shard = l.shard AND k.entry_id = l.entry_id
    JOIN debt d ON d.shard = l.shard AND d.id = l.debt_id
   WHERE l.creditor_id = %(creditor)s AND l.account = 'receivable'
), sold AS (
  SELECT l.currency, e.booked_date AS booked, -l.amount_minor AS amount FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
   WHERE l.creditor_id = %(creditor)s AND l.account = 'sales'
), standing AS (
  SELECT debt, customer, currency, issued, due, sum(amount) AS open FROM move WHERE booked <= %(d)s::date GROUP BY 1, 2, 3, 4, 5
), named AS (
  SELECT c.id AS contact, c.customer_id AS customer, c.at, (c.at AT TIME ZONE 'UTC')::date AS day, c.direction = 'out' AS chase,
         x::bigint AS debt
    FROM contact c LEFT JOIN outbox o ON o.shard = c.shard AND o.id = c.outbox_id
    LEFT JOIN LATERAL jsonb_array_elements_text(o.context->'debts') AS x ON true
   WHERE c.creditor_id = %(creditor)s
), closing AS (
  SELECT s.*, (SELECT min(m.booked) FROM move m WHERE m.debt = s.debt AND m.booked <= %(d)s::date AND NOT EXISTS (
                SELECT FROM move later WHERE later.debt = s.debt AND later.booked BETWEEN m.booked AND %(d)s::date
                   AND (SELECT sum(b.amount) FROM move b WHERE b.debt = s.debt AND b.booked <= later.booked) > 0)) AS closed
    FROM standing s WHERE s.open <= 0
), cases AS (
  SELECT c.*, f.at AS first_at FROM closing c
    JOIN LATERAL (SELECT n.at, n.day FROM named n WHERE n.debt = c.debt AND n.chase ORDER BY n.at LIMIT 1) f ON f.day <= c.closed
)
"""
_WINDOW = "BETWEEN %(d)s::date - 89 AND %(d)s::date"
QUERIES = {
    "open_count": "SELECT currency, count(*) FILTER (WHERE open > 0) FROM standing GROUP BY 1",
    "open_amount": "SELECT currency, coalesce(sum(open) FILTER (WHERE open > 0), 0) FROM standing GROUP BY 1",
    "overdue_count": "SELECT currency, count(*) FILTER (WHERE open > 0 AND due < %(d)s::date) FROM standing GROUP BY 1",
    "overdue_amount": "SELECT currency, coalesce(sum(open) FILTER (WHERE open > 0 AND due < %(d)s::date), 0) FROM standing GROUP BY 1",
    **{
        f"ageing {name}": f"SELECT currency, coalesce(sum(open) FILTER (WHERE open > 0 AND %(d)s::date - due BETWEEN {low} AND {high}), 0)"
        " FROM standing GROUP BY 1"
        for name, low, high in (
            ("current", -9999, 0), ("1-30", 1, 30), ("31-60", 31, 60), ("61-90", 61, 90), ("90+", 91, 9999)
        )
    },
    "dso_simple_90": f"""
        SELECT s.currency, round(s.open * 90.0 / x.sold, 2)
          FROM (SELECT currency, coalesce(sum(open) FILTER (WHERE open > 0), 0) AS open FROM standing GROUP BY 1) s
          JOIN (SELECT currency, sum(amount) AS sold FROM sold WHERE booked {_WINDOW} GROUP BY 1) x
            ON x.currency = s.currency AND x.sold > 0""",
    "dso_countback": """
        SELECT t.currency, (
          SELECT round(w.before + (CASE WHEN w.sold > 0 THEN (t.open - w.used) * w.length::numeric / w.sold ELSE 0 END), 2)
            FROM (SELECT m.n, m.length, m.sold,
                         coalesce(sum(m.length) OVER (ORDER BY m.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before,
                         coalesce(sum(m.sold) OVER (ORDER BY m.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS used
                    FROM (SELECT n, (least(first + interval '1 month' - interval '1 day', %(d)s)::date - first + 1) AS length,
                                 greatest(0, coalesce((SELECT sum(amount) FROM sold v WHERE v.currency = t.currency
                                    AND v.booked >= first AND v.booked < first + interval '1 month' AND v.booked <= %(d)s::date), 0)) AS sold
                            FROM (SELECT n, (date_trunc('month', %(d)s::date) - n * interval '1 month')::date AS first
                                    FROM generate_series(0, 35) AS n) g) m) w
           WHERE w.used + w.sold >= t.open ORDER BY w.n LIMIT 1)
          FROM (SELECT currency, coalesce(sum(open) FILTER (WHERE open > 0), 0) AS open FROM standing GROUP BY 1) t
         WHERE EXISTS (SELECT FROM sold v WHERE v.currency = t.currency AND v.booked <= %(d)s::date
               AND v.booked >= date_trunc('month', %(d)s::date) - interval '35 months'
             GROUP BY date_trunc('month', v.booked) HAVING sum(v.amount) <> 0)""",
    "collection_rate_30": """
        SELECT currency, round(sum(paid)::numeric / sum(asked), 4)
          FROM (SELECT currency, debt, sum(amount) FILTER (WHERE NOT money) AS asked,
                       least(greatest(coalesce(-sum(amount) FILTER (WHERE money), 0), 0), sum(amount) FILTER (WHERE NOT money)) AS paid
                  FROM move WHERE due + 30 BETWEEN %(d)s::date - 89 AND %(d)s::date AND booked <= due + 30 GROUP BY 1, 2) x
         WHERE asked > 0 GROUP BY 1""",
    "cei_90": f"""
        SELECT currency, round((base - now) * 100.0 / (base - current), 2)
          FROM (SELECT s.currency, s.now, s.current, coalesce(b.open, 0) + coalesce(x.sold, 0) AS base
                  FROM (SELECT currency, coalesce(sum(open) FILTER (WHERE open > 0), 0) AS now,
                               coalesce(sum(open) FILTER (WHERE open > 0 AND due >= %(d)s::date), 0) AS current FROM standing GROUP BY 1) s
                  LEFT JOIN (SELECT currency, sum(open) AS open FROM (SELECT currency, debt, sum(amount) AS open FROM move
                              WHERE booked <= %(d)s::date - 90 GROUP BY 1, 2 HAVING sum(amount) > 0) y GROUP BY 1) b USING (currency)
                  LEFT JOIN (SELECT currency, sum(amount) AS sold FROM sold WHERE booked {_WINDOW} GROUP BY 1) x
                    USING (currency)) z
         WHERE base - current > 0""",
    "promises_kept": """
        SELECT p.currency, round(avg((coalesce((
                 SELECT sum(l.amount_minor) FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
                  WHERE l.creditor_id = %(creditor)s AND l.account = 'cash' AND l.customer_id = p.customer_id
                    AND l.currency = p.currency AND e.booked_date BETWEEN p.made_at::date AND p.by_date + 1), 0)
               >= (SELECT sum(q.amount_minor) FROM promise q WHERE q.customer_id = p.customer_id AND q.currency = p.currency
                    AND q.made_at::date <= %(d)s::date
                    AND (q.id = p.id OR q.by_date BETWEEN p.made_at::date AND p.by_date)))::int), 4)
          FROM promise p WHERE p.creditor_id = %(creditor)s AND p.made_at::date <= %(d)s::date
           AND p.by_date + 1 BETWEEN %(d)s::date - 89 AND %(d)s::date GROUP BY 1""",
    "retention_after_collection": """
        SELECT currency, round(avg((EXISTS (SELECT FROM debt d WHERE d.creditor_id = %(creditor)s AND d.customer_id = x.customer
                 AND d.currency = x.currency AND d.issued_date > x.closed AND d.issued_date <= x.closed + 120))::int), 4)
          FROM (SELECT customer, currency, min(closed) AS closed FROM cases
                 WHERE closed > due AND closed BETWEEN %(d)s::date - 209 AND %(d)s::date - 120 GROUP BY 1, 2) x GROUP BY 1""",
    "first_contact_resolution": f"""
        SELECT currency, round(avg((touches = 1)::int), 4) FROM (
          SELECT c.currency, c.debt, (SELECT count(DISTINCT n.contact) FROM named n WHERE n.at >= c.first_at AND n.day <= c.closed
                   AND (n.debt = c.debt OR n.debt IS NULL AND n.customer = c.customer)) AS touches
            FROM cases c WHERE c.closed {_WINDOW}) x GROUP BY 1""",
    "false_chase_rate": f"""
        SELECT currency, round(avg(wrong::int), 6) FROM (
          SELECT n.contact, d.currency, bool_or(coalesce((SELECT sum(m.amount) FROM move m WHERE m.debt = n.debt
                   AND (m.posted <= n.at OR m.booked < n.day)), 1) <= 0) AS wrong
            FROM named n JOIN debt d ON d.creditor_id = %(creditor)s AND d.id = n.debt
           WHERE n.chase AND n.day {_WINDOW} GROUP BY 1, 2) x GROUP BY 1""",
    "contacts": f"""
        SELECT currency, count(*) FILTER (WHERE day {_WINDOW}) FROM (
          SELECT DISTINCT n.contact, n.day, coalesce(d.currency, 'GBP') AS currency
            FROM named n LEFT JOIN debt d ON d.creditor_id = %(creditor)s AND d.id = n.debt
           WHERE n.chase AND n.day <= %(d)s::date) x GROUP BY 1""",
    **BEYOND,
}  # fmt: skip
"""Figure → query of (currency, value); a currency without a row has no data. Amounts are minor units."""
