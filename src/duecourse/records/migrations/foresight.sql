-- Chances are chances; a segment is chosen and ended by somebody; every row of a customer is about one that exists.
ALTER TABLE outlook ADD CONSTRAINT outlook_chances CHECK (
  late_chance BETWEEN 0 AND 1 AND pays_alone_chance BETWEEN 0 AND 1 AND promise_chance BETWEEN 0 AND 1);
ALTER TABLE segment_choice ADD CONSTRAINT segment_choice_said CHECK (why <> '' AND placed_by <> '');
ALTER TABLE segment_choice ADD CONSTRAINT segment_choice_ended CHECK ((until_at IS NULL) OR until_at >= from_at);
ALTER TABLE receipts_told ADD CONSTRAINT receipts_told_in_order CHECK (low_minor <= expected_minor AND expected_minor <= high_minor);

DO $$
DECLARE t text;
BEGIN
  EXECUTE 'CREATE TRIGGER has_customer_customer_id AFTER INSERT ON segment_choice REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT'
    ' EXECUTE FUNCTION parents_exist(''customer_id'', ''customer'')';
  FOREACH t IN ARRAY ARRAY['outlook', 'segment_choice', 'receipts_told', 'cost_sheet'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I USING ((SELECT scope_is_all()) OR creditor_id = ANY ((SELECT scope_creditors())::bigint[]))', t);
  END LOOP;
END $$;
