-- Search by text under row-level security. A policy is checked before any function that might leak what it reads, and LIKE,
-- upper and regexp_replace may; so the planner cannot use their indexes on a table with policies. These functions run as
-- the owner, past the policies, and hold to the scope themselves.
CREATE FUNCTION find_customers(prefix text, part text, most integer)
RETURNS TABLE (shard smallint, customer_id bigint, by_ref text, place integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  everything boolean := scope_is_all();
  mine bigint[] := scope_creditors();
  beyond text := prefix || chr(1114111);
BEGIN
  RETURN QUERY SELECT c.shard, c.id, ''::text, 1 FROM customer c
    WHERE upper(regexp_replace(c.ref, '[^[:alnum:]]', '', 'g')) ~>=~ prefix
      AND upper(regexp_replace(c.ref, '[^[:alnum:]]', '', 'g')) ~<~ beyond
      AND (everything OR c.creditor_id = ANY (mine)) LIMIT most;
  RETURN QUERY SELECT d.shard, d.customer_id, d.ref, 2 FROM debt d
    WHERE upper(regexp_replace(d.ref, '[^[:alnum:]]', '', 'g')) ~>=~ prefix
      AND upper(regexp_replace(d.ref, '[^[:alnum:]]', '', 'g')) ~<~ beyond
      AND (everything OR d.creditor_id = ANY (mine)) LIMIT most;
  RETURN QUERY SELECT c.shard, c.id, ''::text, 3 FROM customer c
    WHERE lower(c.name) LIKE part AND (everything OR c.creditor_id = ANY (mine)) LIMIT most;
END $$;

-- Who uses this invoice number? Says nothing about whose it is.
CREATE FUNCTION creditors_with(number text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT DISTINCT d.creditor_id FROM debt d
    WHERE upper(regexp_replace(d.ref, '[^[:alnum:]]', '', 'g')) = number
      AND (scope_is_all() OR d.creditor_id = ANY (scope_creditors()));
END $$;
