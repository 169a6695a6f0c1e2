-- What came in: words that nobody changes, customers that it is about, tickets that pause chasing.
ALTER TABLE contact_point ADD CONSTRAINT contact_point_line CHECK (line IN ('', 'mobile', 'fixed', 'bad'));
ALTER TABLE note ADD CONSTRAINT note_said CHECK ((text = '') = (sealed IS NOT NULL));
ALTER TABLE inbound ADD CONSTRAINT inbound_channel CHECK (channel IN ('email', 'sms', 'portal', 'call_note'));
ALTER TABLE inbound ADD CONSTRAINT inbound_shard CHECK (shard BETWEEN 0 AND 255);
-- What is sealed stands nowhere else in the row.
ALTER TABLE inbound ADD CONSTRAINT inbound_sealed_alone CHECK (sealed IS NULL OR (subject = '' AND text = '' AND evidence = '[]'));
-- Words of harm are never kept in the open, whoever writes the row.
ALTER TABLE inbound ADD CONSTRAINT inbound_harm_sealed CHECK (
  sealed IS NOT NULL OR NOT (urgent OR labels && ARRAY['vulnerability', 'hardship']::text[]));
ALTER TABLE inbound ADD CONSTRAINT inbound_urgent CHECK (NOT urgent OR 'vulnerability' = ANY (labels));
ALTER TABLE inbound ADD CONSTRAINT inbound_handled CHECK ((handled_at IS NULL) = (handled_by = ''));
ALTER TABLE inbound ADD CONSTRAINT inbound_taken CHECK ((taken_at IS NULL) = (taken_by = ''));
ALTER TABLE inbound_about ADD CONSTRAINT inbound_about_how CHECK (how IN ('reference', 'thread', 'address', 'person'));
ALTER TABLE ticket ADD CONSTRAINT ticket_kind CHECK (kind IN ('ticket', 'complaint'));
ALTER TABLE ticket ADD CONSTRAINT ticket_closed CHECK ((closed_at IS NULL) = (closed_by = '') AND (outcome = '' OR closed_at IS NOT NULL));

-- The first person who took a message stays named: time to a human is measured by it. An outcome stands.
CREATE FUNCTION inbound_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.taken_at IS NOT NULL AND (NEW.taken_at, NEW.taken_by) IS DISTINCT FROM (OLD.taken_at, OLD.taken_by))
     OR (OLD.creditor_id <> 0 AND NEW.creditor_id <> OLD.creditor_id) THEN
    RAISE EXCEPTION 'message % was taken, or belongs to a creditor, and stays so', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE UPDATE ON inbound FOR EACH ROW EXECUTE FUNCTION inbound_stands();

-- The message exists, and belongs to the customer's creditor.
CREATE FUNCTION inbound_about_exists() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE NOT EXISTS (SELECT 1 FROM inbound i
              WHERE i.shard = f.inbound_shard AND i.id = f.inbound_id AND i.creditor_id = f.creditor_id)) THEN
    RAISE EXCEPTION 'a message of another creditor, or none' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER has_inbound AFTER INSERT ON inbound_about REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
  EXECUTE FUNCTION inbound_about_exists();

DO $$
DECLARE t text; parent text; col text;
BEGIN
  FOR t, col, parent IN
    SELECT unnest(ARRAY['inbound_about', 'ticket']), 'customer_id', 'customer'
    UNION ALL SELECT 'inbound_about', 'outbox_id', 'outbox'
    UNION ALL SELECT 'ticket', 'hold_id', 'hold'
    UNION ALL SELECT 'ticket', 'told_outbox_id', 'outbox'
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
      ' EXECUTE FUNCTION parents_exist(%L, %L)', 'has_' || parent || '_' || col, t, col, parent);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['inbound_about', 'ticket'] LOOP
    EXECUTE format('CREATE TRIGGER locks_on_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
      ' EXECUTE FUNCTION lock_customers()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['inbound', 'inbound_about', 'ticket'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I USING ((SELECT scope_is_all()) OR creditor_id = ANY ((SELECT scope_creditors())::bigint[]))', t);
  END LOOP;
END $$;
