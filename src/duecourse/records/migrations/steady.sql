-- Plans that do not change with the statistics. A day writes more rows in one statement than a table held before, so what the
-- planner believes of the table is wrong at the very moment: a check of each new row's parent must always go by the key.
ALTER FUNCTION parents_exist() SET enable_seqscan = off;
ALTER FUNCTION parents_exist() SET enable_hashjoin = off;
ALTER FUNCTION parents_exist() SET enable_mergejoin = off;
ALTER FUNCTION lock_customers() SET enable_seqscan = off;
ALTER FUNCTION lock_customers() SET enable_hashjoin = off;
ALTER FUNCTION lock_customers() SET enable_mergejoin = off;

-- What is under way, of some shards, without the years of messages that have gone.
CREATE INDEX outbox_waiting ON outbox (shard, customer_id) WHERE state IN ('due', 'marked', 'uncertain');
