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
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['contact_point', 'consent', 'debt', 'entry', 'hold', 'promise', 'task', 'note', 'payment', 'pay_link', 'decision', 'outbox', 'contact'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (shard, customer_id) REFERENCES customer (shard, id)', t, t || '_customer_fk');
  END LOOP;
END $$;
ALTER TABLE leg ADD CONSTRAINT leg_entry_fk FOREIGN KEY (shard, entry_id) REFERENCES entry (shard, id);
ALTER TABLE leg ADD CONSTRAINT leg_debt_fk FOREIGN KEY (shard, debt_id) REFERENCES debt (shard, id);
ALTER TABLE reminder ADD CONSTRAINT reminder_outbox_fk FOREIGN KEY (shard, outbox_id) REFERENCES outbox (shard, id);
ALTER TABLE reminder ADD CONSTRAINT reminder_debt_fk FOREIGN KEY (shard, debt_id) REFERENCES debt (shard, id);
ALTER TABLE message ADD CONSTRAINT message_outbox_fk FOREIGN KEY (shard, outbox_id) REFERENCES outbox (shard, id);
ALTER TABLE attempt ADD CONSTRAINT attempt_outbox_fk FOREIGN KEY (shard, outbox_id) REFERENCES outbox (shard, id);
ALTER TABLE receipt ADD CONSTRAINT receipt_outbox_fk FOREIGN KEY (shard, outbox_id) REFERENCES outbox (shard, id);

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
CREATE FUNCTION lock_customer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM customer WHERE shard = NEW.shard AND id = NEW.customer_id FOR NO KEY UPDATE;
  RETURN NEW;
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['hold', 'promise', 'consent', 'payment', 'entry', 'contact_point'] LOOP
    EXECUTE format('CREATE TRIGGER takes_lock BEFORE INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION lock_customer()', t);
  END LOOP;
END $$;
