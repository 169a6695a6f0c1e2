"""Plans, costs, service and forecast once more in SQL. The prices are written out here: those that nobody has edited."""

from __future__ import annotations

_WINDOW = "BETWEEN %(d)s::date - 89 AND %(d)s::date"
_RETAINED = """
  FROM (SELECT x.currency, EXISTS (SELECT FROM debt d WHERE d.creditor_id = %(creditor)s AND d.customer_id = x.customer
                 AND d.currency = x.currency AND d.issued_date > x.closed AND d.issued_date <= x.closed + 120) AS kept
          FROM (SELECT customer, currency, min(closed) AS closed FROM cases
                 WHERE closed > due AND closed BETWEEN %(d)s::date - 209 AND %(d)s::date - 120 GROUP BY 1, 2) x) y GROUP BY 1"""
_DONE = f"""
  SELECT t.* FROM task t WHERE t.creditor_id = %(creditor)s AND t.closed_by NOT IN ('', 'duecourse')
     AND (t.closed_at AT TIME ZONE 'UTC')::date {_WINDOW}"""
_ASKED = f"""
  SELECT DISTINCT c.id, c.channel, coalesce(d.currency, 'GBP') AS currency
    FROM contact c JOIN named n ON n.contact = c.id LEFT JOIN debt d ON d.creditor_id = %(creditor)s AND d.id = n.debt
   WHERE c.creditor_id = %(creditor)s AND n.chase AND n.day {_WINDOW}"""
_COST = f"""
  SELECT currency, sum(cost) AS cost FROM (
    SELECT currency, CASE channel WHEN 'email' THEN 1 WHEN 'sms' THEN 8 WHEN 'letter' THEN 130 ELSE 30 END
                     / CASE currency WHEN 'JPY' THEN 100 ELSE 1 END::bigint AS cost FROM ({_ASKED}) a
    UNION ALL SELECT 'GBP', 6 * 2600 / 60.0 FROM ({_DONE}) t) z GROUP BY 1"""
_CASH = f"""
  SELECT l.currency, sum(l.amount_minor) AS cash FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
   WHERE l.creditor_id = %(creditor)s AND l.account = 'cash' AND e.booked_date {_WINDOW} GROUP BY 1"""
_OFF = f"""
  SELECT s.currency, coalesce(-o.amount, 0) AS amount FROM (SELECT DISTINCT currency FROM standing) s LEFT JOIN (
    SELECT d.currency, sum(l.amount_minor) AS amount FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
      JOIN debt d ON d.shard = l.shard AND d.id = l.debt_id JOIN kind k ON k.shard = l.shard AND k.entry_id = l.entry_id
     WHERE l.creditor_id = %(creditor)s AND l.account = 'receivable' AND k.off AND NOT k.sale AND e.booked_date {_WINDOW}
     GROUP BY 1) o USING (currency)"""
_BAD = f"""
  SELECT count(*) AS n FROM (
    SELECT h.from_at AS at FROM hold h WHERE h.creditor_id = %(creditor)s AND h.kind = 'complaint'
       AND h.id NOT IN (SELECT hold_id FROM ticket WHERE hold_id IS NOT NULL)
    UNION ALL SELECT opened_at FROM ticket WHERE creditor_id = %(creditor)s AND kind = 'complaint'
    UNION ALL SELECT at FROM receipt WHERE creditor_id = %(creditor)s AND kind = 'complained') b
   WHERE (b.at AT TIME ZONE 'UTC')::date {_WINDOW}"""
_ANY = "SELECT DISTINCT n.contact, coalesce(d.currency, 'GBP') AS currency FROM named n LEFT JOIN debt d ON d.id = n.debt WHERE n.chase AND n.day <= %(d)s::date"

BEYOND = {
    "plans_kept": f"""
        SELECT currency, round(avg((paid >= owed)::int), 4) FROM (
          SELECT a.currency, sum(j.amount_minor) AS owed, (
                   SELECT coalesce(-sum(m.amount), 0) FROM move m JOIN arrangement_debt u ON u.debt_id = m.debt
                    WHERE u.arrangement_id = a.id AND m.money AND m.booked BETWEEN u.from_at::date AND i.due_date + 1) AS paid
            FROM instalment i JOIN arrangement a ON a.id = i.arrangement_id
            JOIN instalment j ON j.arrangement_id = a.id AND j.number <= i.number
           WHERE i.creditor_id = %(creditor)s AND i.due_date + 1 {_WINDOW}
             AND NOT EXISTS (SELECT FROM arrangement_end e WHERE e.arrangement_id = a.id AND e.at::date <= i.due_date)
           GROUP BY i.id, i.due_date, a.id, a.currency) x GROUP BY 1""",
    "on_time_share": f"""
        SELECT currency, round(avg((paid >= asked)::int), 4)
          FROM (SELECT currency, debt, sum(amount) FILTER (WHERE NOT money) AS asked,
                       coalesce(-sum(amount) FILTER (WHERE money), 0) AS paid
                  FROM move WHERE due {_WINDOW} AND booked <= due GROUP BY 1, 2) x
         WHERE asked > 0 GROUP BY 1""",
    "written_off": _OFF,
    "write_off_rate": f"""
        SELECT o.currency, round(o.amount::numeric / s.sold, 4) FROM ({_OFF}) o
          JOIN (SELECT currency, sum(amount) AS sold FROM sold WHERE booked {_WINDOW} GROUP BY 1) s ON s.currency = o.currency
         WHERE s.sold > 0""",
    "cost_of_collecting": f"""
        SELECT s.currency, round(coalesce(c.cost, 0)) FROM (SELECT DISTINCT currency FROM standing) s
          LEFT JOIN ({_COST}) c USING (currency)
         WHERE s.currency IN (SELECT currency FROM ({_ANY}) a) OR s.currency = 'GBP' AND EXISTS ({_DONE})""",
    "cost_to_collect": f"""
        SELECT k.currency, round(coalesce(c.cost, 0) / k.cash, 4) FROM ({_CASH}) k LEFT JOIN ({_COST}) c USING (currency)
         WHERE k.cash > 0""",
    "customer_value_year": """
        SELECT currency, round(avg(amount)) FROM (
          SELECT l.currency, l.customer_id, -sum(l.amount_minor) AS amount FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
           WHERE l.creditor_id = %(creditor)s AND l.account = 'sales' AND e.booked_date BETWEEN %(d)s::date - 364 AND %(d)s::date
           GROUP BY 1, 2 HAVING sum(l.amount_minor) < 0) x GROUP BY 1""",
    "customers_lost": "SELECT currency, count(*) FILTER (WHERE NOT kept)" + _RETAINED,
    "replacing_cost": "SELECT currency, count(*) FILTER (WHERE NOT kept) * CASE currency WHEN 'JPY' THEN 200 ELSE 20000 END" + _RETAINED,
    "complaints": f"""
        SELECT s.currency, CASE s.currency WHEN 'GBP' THEN b.n ELSE 0 END FROM (SELECT DISTINCT currency FROM standing) s, ({_BAD}) b
         WHERE s.currency IN (SELECT currency FROM ({_ANY}) a) OR s.currency = 'GBP' AND b.n > 0""",
    "complaint_rate": f"""
        SELECT a.currency, round(CASE a.currency WHEN 'GBP' THEN b.n ELSE 0 END::numeric / count(*), 6)
          FROM ({_ASKED}) a, ({_BAD}) b GROUP BY a.currency, b.n""",
    "tasks_per_person": f"SELECT 'GBP', round(count(*)::numeric / count(DISTINCT closed_by), 2) FROM ({_DONE}) t HAVING count(*) > 0",
    "time_to_human": f"""
        SELECT 'GBP', percentile_disc(0.5) WITHIN GROUP (ORDER BY CASE WHEN m < 120 THEN m WHEN m < 1440 THEN m - m %% 15 ELSE m - m %% 60 END)
          FROM (SELECT floor(extract(epoch FROM closed_at - opened_at) / 60)::int AS m FROM ({_DONE}) t
                 WHERE kind IN ('dispute', 'wants_talk', 'hardship')
                UNION ALL SELECT floor(extract(epoch FROM taken_at - received_at) / 60)::int FROM inbound
                 WHERE creditor_id = %(creditor)s AND taken_at::date {_WINDOW}) w HAVING count(*) > 0""",
    "forecast_error": f"""
        SELECT currency, round(sum(abs(expected_minor - came))::numeric / sum(came), 4) FROM (
          SELECT r.currency, r.expected_minor, coalesce((SELECT sum(l.amount_minor) FROM leg l
                   JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id WHERE l.creditor_id = r.creditor_id AND l.account = 'cash'
                    AND l.currency = r.currency AND e.booked_date BETWEEN r.week AND r.week + 6), 0) AS came
            FROM receipts_told r WHERE r.creditor_id = %(creditor)s AND r.told_on = r.week AND r.week + 6 {_WINDOW}) x
         GROUP BY 1 HAVING sum(came) > 0""",
}  # fmt: skip
