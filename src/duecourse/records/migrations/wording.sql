-- Four eyes: whoever wrote a version does not publish it, whatever the code above says.
ALTER TABLE words_version ADD CONSTRAINT words_version_said CHECK (source <> '' AND why <> '' AND written_by <> '' AND number > 0);
ALTER TABLE words_publication ADD CONSTRAINT words_publication_said CHECK (published_by <> '');
CREATE FUNCTION words_four_eyes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE f.version_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM words_version v WHERE v.id = f.version_id AND v.creditor_id = f.creditor_id AND v.name = f.name
         AND v.language = f.language AND v.written_by_id <> f.published_by_id)) THEN
    RAISE EXCEPTION 'words are published by somebody who did not write them' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER words_four_eyes AFTER INSERT ON words_publication REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION words_four_eyes();

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['words_version', 'words_publication'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_rows ON %I USING ((SELECT scope_is_all()) OR creditor_id = ANY ((SELECT scope_creditors())::bigint[]))', t);
  END LOOP;
END $$;
