INSERT INTO tourism_openspan (schedule_id, span, state)
SELECT schedule, tstzrange(from_moment, until_moment), state
FROM unnest(%(schedules)s::bigint[], %(begins)s::timestamptz[], %(ends)s::timestamptz[], %(states)s::text[])
  AS one (schedule, from_moment, until_moment, state)
