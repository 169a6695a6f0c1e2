-- Rows of other creditors do not exist for the application: the setting names those that do; unset means none.
CREATE FUNCTION scope_is_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT current_setting('duecourse.creditors', true) = 'all'
$$;
CREATE FUNCTION scope_creditors() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN current_setting('duecourse.creditors', true) ~ '^[0-9]+(,[0-9]+)*$'
    THEN string_to_array(current_setting('duecourse.creditors', true), ',')::bigint[] ELSE ARRAY[]::bigint[] END
$$;
DO $$
DECLARE t text; col text;
BEGIN
  FOR t, col IN
    SELECT c.table_name, 'creditor_id' FROM information_schema.columns c
     WHERE c.table_schema = 'public' AND c.column_name = 'creditor_id' AND c.table_name <> 'membership'
    UNION ALL SELECT 'creditor', 'id'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    -- The sub-selects are evaluated once a statement, not once a row.
    EXECUTE format('CREATE POLICY own_rows ON %I USING ((SELECT scope_is_all()) OR %I = ANY ((SELECT scope_creditors())::bigint[]))', t, col);
  END LOOP;
END $$;
