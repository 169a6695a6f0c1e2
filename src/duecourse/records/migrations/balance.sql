-- The legs of an entry are written in one statement, and balance in it: the check is made once for the set, where a deferred
-- trigger on every leg counted each entry's legs anew. That an entry has legs at all is still checked at commit.
DROP TRIGGER balanced ON leg;
CREATE FUNCTION legs_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE id_of bigint; total numeric; n bigint;
BEGIN
  SELECT entry_id, sum(amount_minor), count(*) INTO id_of, total, n FROM fresh
   GROUP BY shard, entry_id HAVING sum(amount_minor) <> 0 OR count(*) < 2 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entry % does not balance: % legs, sum %', id_of, n, total USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER balanced AFTER INSERT ON leg REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION legs_balance();

CREATE OR REPLACE FUNCTION check_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE total numeric; n integer;
BEGIN
  SELECT coalesce(sum(amount_minor), 0), count(*) INTO total, n FROM leg WHERE shard = NEW.shard AND entry_id = NEW.id;
  IF total <> 0 OR n < 2 THEN
    RAISE EXCEPTION 'entry % does not balance: % legs, sum %', NEW.id, n, total USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
