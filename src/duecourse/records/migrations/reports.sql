-- What a reporting tool reads: plain views without names, addresses, references or words. Owned by the owner, seen by the
-- role duecourse_reports alone: the application's role has no way in, since views of the owner stand above row security.
CREATE SCHEMA reports;
CREATE FUNCTION reports.major(minor bigint, currency text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT round(minor / (10 ^ n)::numeric, n) FROM (SELECT CASE
    WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
    WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
    WHEN currency IN ('CLF', 'UYW') THEN 4 ELSE 2 END AS n) e
$$;
CREATE VIEW reports.invoices AS
  SELECT k.name AS creditor, d.customer_id, d.id AS invoice_id, d.currency, d.issued_date, d.due_date, d.closed_date,
         reports.major(d.amount_minor, d.currency) AS amount, reports.major(d.open_minor, d.currency) AS open,
         CASE WHEN d.closed_date IS NULL THEN current_date - d.due_date ELSE d.closed_date - d.due_date END AS days_late,
         CASE WHEN d.open_minor <= 0 THEN 'closed' WHEN current_date <= d.due_date THEN 'current'
              WHEN current_date - d.due_date <= 30 THEN '1-30' WHEN current_date - d.due_date <= 60 THEN '31-60'
              WHEN current_date - d.due_date <= 90 THEN '61-90' ELSE '90+' END AS bucket
    FROM public.debt d JOIN public.creditor k ON k.id = d.creditor_id;
CREATE VIEW reports.bookings AS
  SELECT k.name AS creditor, l.customer_id, l.entry_id, l.debt_id AS invoice_id, e.kind, e.booked_date, l.account, l.currency,
         reports.major(l.amount_minor, l.currency) AS amount
    FROM public.leg l JOIN public.entry e ON e.shard = l.shard AND e.id = l.entry_id JOIN public.creditor k ON k.id = l.creditor_id;
CREATE VIEW reports.contacts AS
  SELECT k.name AS creditor, c.customer_id, c.id AS contact_id, c.at, c.channel, c.direction, c.purpose, c.outcome
    FROM public.contact c JOIN public.creditor k ON k.id = c.creditor_id;
CREATE VIEW reports.refusals AS
  SELECT k.name AS creditor, r.customer_id, r.id AS ruling_id, r.at, r.act, r.verdict, r.rules->0->>'id' AS rule, r.not_before
    FROM public.ruling r JOIN public.creditor k ON k.id = r.creditor_id WHERE NOT r.passed;
CREATE VIEW reports.promises AS
  SELECT k.name AS creditor, p.customer_id, p.id AS promise_id, p.made_at, p.by_date, p.currency,
         reports.major(p.amount_minor, p.currency) AS amount, p.channel
    FROM public.promise p JOIN public.creditor k ON k.id = p.creditor_id;
CREATE VIEW reports.instalments AS
  SELECT k.name AS creditor, i.customer_id, i.arrangement_id, a.kind AS way, i.number, i.due_date, a.currency,
         reports.major(i.amount_minor, a.currency) AS amount
    FROM public.instalment i JOIN public.arrangement a ON a.shard = i.shard AND a.id = i.arrangement_id
    JOIN public.creditor k ON k.id = i.creditor_id;
-- Whether somebody is in hardship is nobody's business here: kinds are counted by day, without the customer.
CREATE VIEW reports.holds AS
  SELECT k.name AS creditor, h.kind, h.from_at::date AS from_date, count(*) AS holds,
         count(*) FILTER (WHERE h.until_at IS NULL OR h.until_at > now()) AS running
    FROM public.hold h JOIN public.creditor k ON k.id = h.creditor_id GROUP BY 1, 2, 3;
CREATE VIEW reports.tasks AS
  SELECT k.name AS creditor, t.id AS task_id, t.kind, t.opened_at, t.due_at, t.closed_at
    FROM public.task t JOIN public.creditor k ON k.id = t.creditor_id;
CREATE VIEW reports.customers AS
  SELECT k.name AS creditor, c.id AS customer_id, c.kind, c.country, c.language, o.as_of, o.segment, o.likeness, o.late_chance,
         o.pays_alone_chance, o.promise_chance, o.expected_date
    FROM public.customer c JOIN public.creditor k ON k.id = c.creditor_id
    LEFT JOIN public.outlook o ON o.shard = c.shard AND o.customer_id = c.id;
CREATE VIEW reports.receipts_forecast AS
  SELECT k.name AS creditor, r.told_on, r.week, r.currency, reports.major(r.expected_minor, r.currency) AS expected,
         reports.major(r.low_minor, r.currency) AS low, reports.major(r.high_minor, r.currency) AS high
    FROM public.receipts_told r JOIN public.creditor k ON k.id = r.creditor_id;
CREATE VIEW reports.counts AS
  SELECT k.name AS creditor, t.as_of, t.currency, i.key AS item, i.value::bigint AS value
    FROM public.day_tally t JOIN public.creditor k ON k.id = t.creditor_id, LATERAL jsonb_each_text(t.items) i;
