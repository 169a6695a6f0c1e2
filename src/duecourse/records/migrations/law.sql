-- Facts that the law asks about, rulings of the gate, outcomes of contacts, house rules set aside.
ALTER TABLE circumstance ADD CONSTRAINT circumstance_kind CHECK (kind IN (
  'locations', 'preferences', 'places', 'consents', 'suppressions', 'points', 'number_checks', 'creditor_notices',
  'prior_collectors', 'representations', 'ceases', 'validations', 'disputes', 'bankruptcies', 'breathing_spaces', 'notices',
  'debts', 'persons'));
ALTER TABLE circumstance ADD CONSTRAINT circumstance_source CHECK (source IN (
  'call', 'letter', 'email', 'sms', 'portal', 'import', 'register', 'staff'));
ALTER TABLE circumstance ADD CONSTRAINT circumstance_forward CHECK (until_at IS NULL OR until_at > at);
ALTER TABLE circumstance ADD CONSTRAINT circumstance_told CHECK (said_by <> '' AND recorded_by <> '');
ALTER TABLE circumstance ADD CONSTRAINT circumstance_object CHECK (jsonb_typeof(data) = 'object');

-- An ending names a row of the same customer and kind. It says nothing else.
CREATE FUNCTION circumstance_ends() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE f.ends_id IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM circumstance c WHERE c.shard = f.shard AND c.id = f.ends_id AND c.customer_id = f.customer_id
                  AND c.kind = f.kind AND c.ends_id IS NULL AND f.at >= c.at)) THEN
    RAISE EXCEPTION 'an ending names an earlier fact of the same customer and kind' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ends AFTER INSERT ON circumstance REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION circumstance_ends();

-- Four eyes: whoever asks to set a rule aside never decides it, and a decision stands.
ALTER TABLE rule_override ADD CONSTRAINT rule_override_four_eyes CHECK (decided_by_id <> asked_by_id);
ALTER TABLE rule_override ADD CONSTRAINT rule_override_decided CHECK (
  (decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (granted IS NULL));
ALTER TABLE rule_override ADD CONSTRAINT rule_override_reason CHECK (length(btrim(reason)) >= 10 AND cardinality(rules) > 0);
ALTER TABLE rule_override ADD CONSTRAINT rule_override_forward CHECK (until_at > asked_at);
CREATE FUNCTION override_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.decided_at IS NOT NULL THEN
    RAISE EXCEPTION 'override % was decided and stays so', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decided_once BEFORE UPDATE ON rule_override FOR EACH ROW EXECUTE FUNCTION override_decided_once();
CREATE FUNCTION override_asked_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.decided_at IS NOT NULL OR NEW.decided_by_id IS NOT NULL OR NEW.granted IS NOT NULL THEN
    RAISE EXCEPTION 'an override is asked for first and decided later' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER asked_open BEFORE INSERT ON rule_override FOR EACH ROW EXECUTE FUNCTION override_asked_open();

-- What was held goes only by an override that a second person granted, in its time, for this customer and act.
ALTER TABLE ruling ADD CONSTRAINT ruling_verdict CHECK (verdict IN ('allow', 'block', 'defer'));
ALTER TABLE ruling ADD CONSTRAINT ruling_passed CHECK (passed = (verdict = 'allow' OR override_id IS NOT NULL));
CREATE FUNCTION ruling_override() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE f.override_id IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM rule_override o WHERE o.shard = f.shard AND o.id = f.override_id AND o.customer_id = f.customer_id
                  AND o.act = f.act AND o.granted AND f.at BETWEEN o.decided_at AND o.until_at)) THEN
    RAISE EXCEPTION 'no granted override of this customer and act' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER needs_override AFTER INSERT ON ruling REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ruling_override();

DO $$
DECLARE t text; parent text; col text; event text;
BEGIN
  FOR t, col, parent IN
    SELECT unnest(ARRAY['circumstance', 'contact_outcome', 'rule_override', 'ruling']), 'customer_id', 'customer'
    UNION ALL SELECT 'circumstance', 'debt_id', 'debt'
    UNION ALL SELECT 'circumstance', 'contact_point_id', 'contact_point'
    UNION ALL SELECT 'contact_outcome', 'contact_id', 'contact'
    UNION ALL SELECT 'ruling', 'outbox_id', 'outbox'
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
      ' EXECUTE FUNCTION parents_exist(%L, %L)', 'has_' || parent, t, col, parent);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['circumstance', 'contact_outcome'] LOOP
    EXECUTE format('CREATE TRIGGER locks_on_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
      ' EXECUTE FUNCTION lock_customers()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['circumstance', 'contact_outcome', 'rule_override', 'ruling'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I USING ((SELECT scope_is_all()) OR creditor_id = ANY ((SELECT scope_creditors())::bigint[]))', t);
  END LOOP;
END $$;

-- The part of an address that says which law holds there: the outward code of a British postcode, else the last five digits.
CREATE FUNCTION postal_area(address text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(
    substring(upper(address) from '\m([A-Z]{1,2}[0-9][A-Z0-9]?)\s?[0-9][A-Z]{2}\M'),
    substring(address from '.*\m([0-9]{5})(?:-[0-9]{4})?\M'), '')
$$;
ALTER TABLE customer ADD COLUMN postal_area text GENERATED ALWAYS AS (postal_area(address)) STORED;
ALTER TABLE contact_point ADD COLUMN postal_area text
  GENERATED ALWAYS AS (CASE WHEN kind = 'letter' THEN postal_area(value) ELSE '' END) STORED;
