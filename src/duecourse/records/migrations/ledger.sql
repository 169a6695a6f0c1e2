-- The ledger guards itself: sealed rows, balanced entries, a hash chain per shard, and balances kept by set.
CREATE TABLE chain_head (
  shard smallint PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
INSERT INTO chain_head SELECT s, 0, ''::bytea FROM generate_series(0, 255) AS s;

CREATE FUNCTION entry_digest(e entry) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(convert_to(jsonb_build_array(e.shard, e.id, e.creditor_id, e.customer_id, e.kind, to_char(e.booked_date, 'YYYY-MM-DD'),
    (extract(epoch FROM e.posted_at) * 1000000)::bigint, e.currency, e.key, e.memo)::text, 'UTF8'))
$$;

CREATE FUNCTION leg_digest(l leg) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(convert_to(jsonb_build_array(l.shard, l.id, l.creditor_id, l.customer_id, l.entry_id, l.account, l.debt_id,
    l.currency, l.amount_minor)::text, 'UTF8'))
$$;

CREATE FUNCTION seal_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.hash := entry_digest(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER seal BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION seal_entry();

CREATE FUNCTION seal_leg() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.hash := leg_digest(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER seal BEFORE INSERT ON leg FOR EACH ROW EXECUTE FUNCTION seal_leg();

-- Balances and the chain, once a statement, over the set of its legs.
CREATE FUNCTION apply_legs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh l LEFT JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
             WHERE e.id IS NULL OR e.currency <> l.currency OR e.customer_id <> l.customer_id OR e.creditor_id <> l.creditor_id) THEN
    RAISE EXCEPTION 'a leg must have the currency, customer and creditor of its entry' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM fresh l JOIN debt d ON d.shard = l.shard AND d.id = l.debt_id
             WHERE d.currency <> l.currency OR d.customer_id <> l.customer_id OR d.creditor_id <> l.creditor_id) THEN
    RAISE EXCEPTION 'a leg must have the currency, customer and creditor of its debt' USING ERRCODE = 'check_violation';
  END IF;

  -- Heads first, in order of shard: two statements never wait for each other in a circle.
  PERFORM 1 FROM chain_head WHERE shard IN (SELECT DISTINCT shard FROM fresh) ORDER BY shard FOR UPDATE;

  UPDATE debt d
     SET open_minor = d.open_minor + s.delta,
         closed_date = CASE WHEN d.open_minor + s.delta = 0 THEN s.day END
    FROM (SELECT l.shard, l.debt_id, sum(l.amount_minor) AS delta, max(e.booked_date) AS day
            FROM fresh l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
           WHERE l.account = 'receivable' GROUP BY l.shard, l.debt_id) s
   WHERE d.shard = s.shard AND d.id = s.debt_id;

  INSERT INTO credit (shard, customer_id, creditor_id, currency, amount_minor)
  SELECT shard, customer_id, min(creditor_id), currency, -sum(amount_minor) FROM fresh WHERE account = 'unmatched'
   GROUP BY shard, customer_id, currency
  ON CONFLICT (shard, customer_id, currency) DO UPDATE SET amount_minor = credit.amount_minor + excluded.amount_minor;

  WITH parts AS (
    SELECT l.shard, array_agg(l.id ORDER BY l.id) AS leg_ids,
           sha256(string_agg(l.hash || e.hash, ''::bytea ORDER BY l.id)) AS content
      FROM fresh l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id GROUP BY l.shard
  ), links AS (
    SELECT p.*, h.seq + 1 AS seq, h.hash AS previous, sha256(h.hash || p.content) AS hash
      FROM parts p JOIN chain_head h USING (shard)
  ), moved AS (
    UPDATE chain_head h SET seq = k.seq, hash = k.hash FROM links k WHERE h.shard = k.shard
  )
  INSERT INTO block (shard, seq, leg_ids, previous, hash)
  SELECT shard, seq, leg_ids, previous, hash FROM links;
  RETURN NULL;
END $$;
CREATE TRIGGER apply_legs AFTER INSERT ON leg REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION apply_legs();

CREATE FUNCTION check_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE total numeric; n integer; id_of bigint;
BEGIN
  id_of := CASE TG_TABLE_NAME WHEN 'entry' THEN (to_jsonb(NEW)->>'id')::bigint ELSE (to_jsonb(NEW)->>'entry_id')::bigint END;
  SELECT coalesce(sum(amount_minor), 0), count(*) INTO total, n FROM leg WHERE shard = NEW.shard AND entry_id = id_of;
  IF total <> 0 OR n < 2 THEN
    RAISE EXCEPTION 'entry % does not balance: % legs, sum %', id_of, n, total USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_balance();
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON leg DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_balance();

-- A debt starts with nothing open; only legs move it.
CREATE FUNCTION debt_starts_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.open_minor := 0;
  NEW.closed_date := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER starts_empty BEFORE INSERT ON debt FOR EACH ROW EXECUTE FUNCTION debt_starts_empty();
