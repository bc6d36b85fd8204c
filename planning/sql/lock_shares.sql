-- Two publications at once must see each other's editions; held until the transaction ends.
SELECT pg_advisory_xact_lock(hashtext('planning.shares'))
