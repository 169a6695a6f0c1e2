-- What must hold of the rows, whoever writes them.
ALTER TABLE hold ADD CONSTRAINT hold_no_overlap EXCLUDE USING gist (
  shard WITH =, customer_id WITH =, (coalesce(debt_id, 0)) WITH =, kind WITH =, tstzrange(from_at, until_at) WITH &&);
ALTER TABLE hold ADD CONSTRAINT hold_forward CHECK (until_at IS NULL OR until_at >= from_at);
ALTER TABLE promise ADD CONSTRAINT promise_positive CHECK (amount_minor > 0);
ALTER TABLE customer ADD CONSTRAINT customer_kind CHECK (kind IN ('company', 'person'));
ALTER TABLE customer ADD CONSTRAINT customer_shard CHECK (shard BETWEEN 0 AND 255);
ALTER TABLE contact_point ADD CONSTRAINT contact_point_kind CHECK (kind IN ('email', 'phone', 'letter'));
ALTER TABLE debt ADD CONSTRAINT debt_currency CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE entry ADD CONSTRAINT entry_currency CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE leg ADD CONSTRAINT leg_account CHECK (account IN ('receivable', 'sales', 'cash', 'unmatched', 'writeoff', 'fees', 'interest', 'refund', 'fx', 'opening'));
ALTER TABLE leg ADD CONSTRAINT leg_debt_on_receivable CHECK (account <> 'receivable' OR debt_id IS NOT NULL);
ALTER TABLE leg ADD CONSTRAINT leg_not_zero CHECK (amount_minor <> 0);
ALTER TABLE outbox ADD CONSTRAINT outbox_state CHECK (state IN ('due', 'marked', 'sent', 'refused', 'failed', 'uncertain'));
ALTER TABLE payment ADD CONSTRAINT payment_state CHECK (state IN ('new', 'pending', 'succeeded', 'failed', 'refunded', 'disputed'));
ALTER TABLE payment ADD CONSTRAINT payment_positive CHECK (amount_minor > 0);
-- Once money came, a payment never goes back to waiting or failed, whatever arrives late.
CREATE FUNCTION payment_keeps_success() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('succeeded', 'refunded', 'disputed') AND NEW.state IN ('new', 'pending', 'failed') THEN
    RAISE EXCEPTION 'payment % has succeeded and stays so', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeps_success BEFORE UPDATE OF state ON payment FOR EACH ROW EXECUTE FUNCTION payment_keeps_success();
ALTER TABLE contact ADD CONSTRAINT contact_direction CHECK (direction IN ('out', 'in'));

ALTER TABLE customer ADD CONSTRAINT customer_creditor FOREIGN KEY (creditor_id) REFERENCES creditor (id);

-- A row's parent must exist. Rows are never deleted and never change their parent, so a look at each statement's new rows
-- is as strong as a foreign key, and costs one join a statement instead of one query a row.
CREATE FUNCTION parents_exist() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE lost bigint;
BEGIN
  EXECUTE format('SELECT count(*) FROM (SELECT DISTINCT shard, %1$I AS parent FROM fresh WHERE %1$I IS NOT NULL) f'
    ' WHERE NOT EXISTS (SELECT 1 FROM %2$I p WHERE p.shard = f.shard AND p.id = f.parent)', TG_ARGV[0], TG_ARGV[1]) INTO lost;
  IF lost > 0 THEN
    RAISE EXCEPTION '% row(s) of % name a % that does not exist', lost, TG_TABLE_NAME, TG_ARGV[1] USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
DO $$
DECLARE t text; parent text; col text;
BEGIN
  FOR t, col, parent IN
    SELECT unnest(ARRAY['contact_point', 'consent', 'debt', 'entry', 'hold', 'promise', 'task', 'note', 'payment', 'pay_link',
                        'decision', 'outbox', 'contact']), 'customer_id', 'customer'
    UNION ALL SELECT 'leg', 'entry_id', 'entry'
    UNION ALL SELECT 'leg', 'debt_id', 'debt'
    UNION ALL SELECT 'hold', 'debt_id', 'debt'
    UNION ALL SELECT 'reminder', 'debt_id', 'debt'
    UNION ALL SELECT unnest(ARRAY['reminder', 'message', 'attempt', 'receipt']), 'outbox_id', 'outbox'
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
      ' EXECUTE FUNCTION parents_exist(%L, %L)', 'has_' || parent, t, col, parent);
  END LOOP;
END $$;

CREATE INDEX customer_name_trgm ON customer USING gin (lower(name) gin_trgm_ops);

-- A worker is told at once that something is due.
CREATE FUNCTION outbox_wakes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NOTIFY outbox;
  RETURN NULL;
END $$;
CREATE TRIGGER wakes AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_wakes();

-- Whatever may stop a message waits for (or goes before) the mark of that message: both take the customer's lock.
-- Here, so that no action can forget it; the sender takes the same lock in `records.locking`.
CREATE FUNCTION lock_customers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM customer c JOIN (SELECT DISTINCT shard, customer_id FROM fresh) f ON c.shard = f.shard AND c.id = f.customer_id
   ORDER BY c.shard, c.id FOR NO KEY UPDATE OF c;
  RETURN NULL;
END $$;
DO $$
DECLARE t text; event text;
BEGIN
  FOREACH t IN ARRAY ARRAY['hold', 'promise', 'consent', 'payment', 'entry', 'contact_point'] LOOP
    FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE'] LOOP
      EXECUTE format('CREATE TRIGGER %I AFTER %s ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION lock_customers()',
        'locks_on_' || lower(event), event, t);
    END LOOP;
  END LOOP;
END $$;
