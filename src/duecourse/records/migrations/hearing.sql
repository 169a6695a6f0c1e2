-- Who wrote is found by address, number or reference, in any creditor's book, without reading it all.
CREATE INDEX contact_point_email ON contact_point (lower(value)) WHERE kind = 'email';
CREATE FUNCTION number_end(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT right(regexp_replace(value, '\D', '', 'g'), 8)
$$;
CREATE INDEX contact_point_number ON contact_point (number_end(value)) WHERE kind = 'phone';

-- Whose wait comes first, now with what customers write: harm, then what stops us, then their questions.
CREATE OR REPLACE FUNCTION task_rank(kind text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (CASE kind
    WHEN 'vulnerable' THEN 1 WHEN 'hardship' THEN 1 WHEN 'chargeback' THEN 2 WHEN 'wrong_person' THEN 2 WHEN 'dispute' THEN 2
    WHEN 'insolvency' THEN 2 WHEN 'represented' THEN 2 WHEN 'stop' THEN 2 WHEN 'complaint' THEN 2 WHEN 'complained' THEN 2
    WHEN 'wants_talk' THEN 3 WHEN 'says_paid' THEN 3 WHEN 'reply' THEN 3 WHEN 'promise_draft' THEN 3 WHEN 'remittance' THEN 3
    WHEN 'asks_time' THEN 4 WHEN 'no_invoice' THEN 4 WHEN 'new_details' THEN 4 WHEN 'new_link' THEN 5 WHEN 'ask_arrival' THEN 5
    WHEN 'payment_differs' THEN 6 WHEN 'payment_over' THEN 6 WHEN 'payment_unclear' THEN 6 WHEN 'payment_gone' THEN 6
    WHEN 'payment_unplaced' THEN 6 WHEN 'credit_below_zero' THEN 6 WHEN 'bad_address' THEN 7 WHEN 'cannot_write' THEN 7
    WHEN 'no_contact_point' THEN 8 WHEN 'opted_out' THEN 9 ELSE 8 END)::smallint
$$;
REINDEX INDEX task_next;
