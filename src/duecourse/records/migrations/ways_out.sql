-- Ways out: terms that nobody edits, consent of both sides, a second person beyond the limits.
ALTER TABLE leg DROP CONSTRAINT leg_account;
ALTER TABLE leg ADD CONSTRAINT leg_account CHECK (account IN ('receivable', 'sales', 'cash', 'unmatched', 'writeoff', 'fees',
  'interest', 'refund', 'fx', 'opening', 'discount'));
ALTER TABLE arrangement ADD CONSTRAINT arrangement_kind CHECK (kind IN (
  'plan', 'extension', 'reduction', 'consolidation', 'settlement', 'early_discount'));
ALTER TABLE arrangement ADD CONSTRAINT arrangement_positive CHECK (total_minor > 0 AND version > 0 AND (version = 1) = (replaces_id IS NULL));
ALTER TABLE instalment ADD CONSTRAINT instalment_positive CHECK (amount_minor > 0 AND number > 0);
ALTER TABLE agreement ADD CONSTRAINT agreement_side CHECK (side IN ('customer', 'creditor') AND said_by <> '');
ALTER TABLE arrangement_end ADD CONSTRAINT arrangement_end_outcome CHECK (outcome IN ('kept', 'replaced', 'stopped', 'declined'));
ALTER TABLE arrangement_debt ADD CONSTRAINT arrangement_debt_forward CHECK (until_at IS NULL OR until_at >= from_at);
ALTER TABLE dispute ADD CONSTRAINT dispute_closed CHECK (
  (closed_at IS NULL) = (outcome = '') AND (closed_at IS NULL OR (closed_by <> '' AND answer <> '')) AND adjusted_minor >= 0);
ALTER TABLE dispute ADD CONSTRAINT dispute_outcome CHECK (outcome IN ('', 'upheld', 'partly', 'rejected', 'withdrawn'));
ALTER TABLE evidence ADD CONSTRAINT evidence_something CHECK (words <> '' OR sha256 <> '');

-- The instalments sum to the total, and no more are added once a side has said yes.
CREATE FUNCTION instalments_sum() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of bigint; total numeric; wanted bigint;
BEGIN
  of := CASE TG_TABLE_NAME WHEN 'arrangement' THEN (to_jsonb(NEW)->>'id')::bigint ELSE (to_jsonb(NEW)->>'arrangement_id')::bigint END;
  SELECT coalesce(sum(amount_minor), 0) INTO total FROM instalment WHERE shard = NEW.shard AND arrangement_id = of;
  SELECT total_minor INTO wanted FROM arrangement WHERE shard = NEW.shard AND id = of;
  IF total IS DISTINCT FROM wanted THEN
    RAISE EXCEPTION 'instalments of arrangement % sum to %, not to %', of, total, wanted USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER instalments_sum AFTER INSERT ON arrangement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION instalments_sum();
CREATE CONSTRAINT TRIGGER instalments_sum AFTER INSERT ON instalment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION instalments_sum();
CREATE FUNCTION terms_are_open() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f JOIN agreement a ON a.shard = f.shard AND a.arrangement_id = f.arrangement_id) THEN
    RAISE EXCEPTION 'terms that a side has agreed to are never edited: make a new version' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER terms_are_open AFTER INSERT ON instalment REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION terms_are_open();

-- The creditor's yes to terms outside the limits needs a second person's.
CREATE FUNCTION agreement_allowed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f JOIN arrangement r ON r.shard = f.shard AND r.id = f.arrangement_id
              WHERE f.side = 'creditor' AND r.needs_approval <> '' AND NOT EXISTS (
                SELECT 1 FROM approval p WHERE p.shard = r.shard AND p.act = 'arrangement' AND p.subject_id = r.id AND p.granted)) THEN
    RAISE EXCEPTION 'terms outside the limits need the approval of a second person' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER agreement_allowed AFTER INSERT ON agreement REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION agreement_allowed();

-- A debt comes under an arrangement only when both sides have agreed.
CREATE FUNCTION both_agreed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE 2 <> (SELECT count(*) FROM agreement a
              WHERE a.shard = f.shard AND a.arrangement_id = f.arrangement_id)) THEN
    RAISE EXCEPTION 'an arrangement binds when both sides have agreed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER both_agreed AFTER INSERT ON arrangement_debt REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION both_agreed();

-- Four eyes: whoever asks never decides, what is asked is asked open, and a decision stands.
ALTER TABLE approval ADD CONSTRAINT approval_act CHECK (act IN ('arrangement', 'write_off', 'refund'));
ALTER TABLE approval ADD CONSTRAINT approval_four_eyes CHECK (decided_by_id <> asked_by_id);
ALTER TABLE approval ADD CONSTRAINT approval_decided CHECK (
  (decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (granted IS NULL));
ALTER TABLE approval ADD CONSTRAINT approval_reason CHECK (length(btrim(reason)) >= 10 AND amount_minor > 0);
CREATE FUNCTION approval_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND (NEW.decided_at IS NOT NULL OR NEW.decided_by_id IS NOT NULL OR NEW.granted IS NOT NULL) THEN
    RAISE EXCEPTION 'an approval is asked for first and decided later' USING ERRCODE = 'check_violation';
  ELSIF TG_OP = 'UPDATE' AND OLD.decided_at IS NOT NULL THEN
    RAISE EXCEPTION 'approval % was decided and stays so', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE INSERT OR UPDATE ON approval FOR EACH ROW EXECUTE FUNCTION approval_stands();
CREATE FUNCTION write_off_allowed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE f.kind = 'write_off' AND NOT EXISTS (
               SELECT 1 FROM approval p WHERE p.shard = f.shard AND p.customer_id = f.customer_id AND p.act = 'write_off'
                  AND p.granted AND f.key = 'write_off:' || p.id)) THEN
    RAISE EXCEPTION 'a write-off names the approval of a second person' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER write_off_allowed AFTER INSERT ON entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION write_off_allowed();

-- A dispute that has its answer keeps it.
CREATE FUNCTION dispute_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'dispute % has its answer: open another', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_closed BEFORE UPDATE ON dispute FOR EACH ROW EXECUTE FUNCTION dispute_stays_closed();

DO $$
DECLARE t text; parent text; col text; event text;
BEGIN
  FOR t, col, parent IN
    SELECT unnest(ARRAY['affordability', 'offer', 'arrangement', 'instalment', 'agreement', 'arrangement_debt', 'arrangement_end',
                        'dispute', 'evidence', 'approval']), 'customer_id', 'customer'
    UNION ALL SELECT unnest(ARRAY['instalment', 'agreement', 'arrangement_debt', 'arrangement_end']), 'arrangement_id', 'arrangement'
    UNION ALL SELECT 'arrangement', 'replaces_id', 'arrangement'
    UNION ALL SELECT 'arrangement', 'offer_id', 'offer'
    UNION ALL SELECT unnest(ARRAY['arrangement_debt', 'dispute']), 'debt_id', 'debt'
    UNION ALL SELECT 'dispute', 'hold_id', 'hold'
    UNION ALL SELECT 'evidence', 'dispute_id', 'dispute'
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
      ' EXECUTE FUNCTION parents_exist(%L, %L)', 'has_' || parent || '_by_' || col, t, col, parent);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['agreement', 'arrangement_debt', 'arrangement_end', 'dispute'] LOOP
    EXECUTE format('CREATE TRIGGER locks_on_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
      ' EXECUTE FUNCTION lock_customers()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['affordability', 'offer', 'offer_policy', 'arrangement', 'instalment', 'agreement', 'arrangement_debt',
                           'arrangement_end', 'dispute', 'evidence', 'approval'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I USING ((SELECT scope_is_all()) OR creditor_id = ANY ((SELECT scope_creditors())::bigint[]))', t);
  END LOOP;
END $$;
