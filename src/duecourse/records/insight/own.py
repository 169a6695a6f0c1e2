"""The condition by which a read is of some creditors: `%(own)s` is their ids, or null for all in scope."""

OWN = "(%(own)s::bigint[] IS NULL OR {0} = ANY(%(own)s))"
