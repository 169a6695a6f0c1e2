-- What the pages need to stay quick at a million customers: each list has the index that it is ordered by.
-- Whose wait comes first: care, then customers' own words, then what stops a message, then the rest.
CREATE FUNCTION task_rank(kind text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (CASE kind
    WHEN 'hardship' THEN 1 WHEN 'chargeback' THEN 2 WHEN 'wrong_person' THEN 2 WHEN 'dispute' THEN 2 WHEN 'wants_talk' THEN 3
    WHEN 'says_paid' THEN 3 WHEN 'asks_time' THEN 4 WHEN 'no_invoice' THEN 4 WHEN 'new_link' THEN 5 WHEN 'ask_arrival' THEN 5
    WHEN 'payment_differs' THEN 6 WHEN 'payment_over' THEN 6 WHEN 'payment_unclear' THEN 6 WHEN 'payment_gone' THEN 6
    WHEN 'payment_unplaced' THEN 6 WHEN 'credit_below_zero' THEN 6 WHEN 'bad_address' THEN 7 WHEN 'cannot_write' THEN 7
    WHEN 'no_contact_point' THEN 8 WHEN 'opted_out' THEN 9 ELSE 8 END)::smallint
$$;
CREATE INDEX task_next ON task (task_rank(kind), opened_at, id) WHERE closed_at IS NULL;
CREATE INDEX task_closed ON task (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX task_customer ON task (shard, customer_id) WHERE closed_at IS NULL;
CREATE INDEX promise_day ON promise (by_date, id);
CREATE INDEX hold_running ON hold ((coalesce(review_date, 'infinity'::date)), id) WHERE lifted_by = '';
CREATE INDEX outbox_by_state ON outbox (state, changed_at DESC, id DESC);
CREATE INDEX receipt_lately ON receipt (kind, at DESC);
CREATE INDEX payment_of_customer_event ON payment_event (shard, payment_id) WHERE payment_id IS NOT NULL;

-- Invoice numbers as people type them: letter case, spaces and dashes aside.
CREATE INDEX debt_ref_bare ON debt (upper(regexp_replace(ref, '[^[:alnum:]]', '', 'g')) text_pattern_ops);
CREATE INDEX customer_ref_bare ON customer (upper(regexp_replace(ref, '[^[:alnum:]]', '', 'g')) text_pattern_ops);
