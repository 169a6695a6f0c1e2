-- The tables that the day reads whole, split by range of shards: a day decides some shards at a time, and reads pages that hold
-- nothing else. Everything that is defined on the table moves with it under its own name.
CREATE PROCEDURE split_by_shard(called text, pieces integer) LANGUAGE plpgsql AS $$
DECLARE
  plain text := called || '_plain';
  width integer := 256 / pieces;
  columns text;
  again text[];
  statement text;
BEGIN
  -- In the order in which they must be made again: constraints, other indexes, triggers, policies.
  SELECT array_agg(made ORDER BY place, name) INTO again FROM (
    SELECT 1 AS place, conname AS name, format('ALTER TABLE %I ADD CONSTRAINT %I %s', called, conname, pg_get_constraintdef(oid)) AS made
      FROM pg_constraint WHERE conrelid = called::regclass AND contype IN ('p', 'u', 'c', 'f')
    UNION ALL
    SELECT 2, c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = called::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)
    UNION ALL
    SELECT 3, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = called::regclass AND NOT tgisinternal
    UNION ALL
    SELECT 4, polname, format('CREATE POLICY %I ON %I USING (%s)', polname, called, pg_get_expr(polqual, polrelid))
      FROM pg_policy WHERE polrelid = called::regclass
  ) definitions;
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
    FROM pg_attribute WHERE attrelid = called::regclass AND attnum > 0 AND NOT attisdropped;

  EXECUTE format('ALTER TABLE %I RENAME TO %I', called, plain);
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS) PARTITION BY RANGE (shard)', called, plain);
  FOR n IN 0 .. pieces - 1 LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)',
      called || '_' || to_char(n, 'FM00'), called, n * width, (n + 1) * width);
  END LOOP;
  EXECUTE format('INSERT INTO %I (%s) SELECT %s FROM %I ORDER BY shard', called, columns, columns, plain);
  EXECUTE format('DROP TABLE %I', plain);
  FOREACH statement IN ARRAY again LOOP
    EXECUTE statement;
  END LOOP;
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', called);
END $$;
CALL split_by_shard('customer', 16);
CALL split_by_shard('contact_point', 16);
CALL split_by_shard('debt', 16);
CALL split_by_shard('reminder', 16);
CALL split_by_shard('contact', 16);
DROP PROCEDURE split_by_shard;
