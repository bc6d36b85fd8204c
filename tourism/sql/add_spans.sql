INSERT INTO tourism_openspan (schedule_id, span, known)
SELECT schedule, tstzrange(from_moment, until_moment), known
FROM unnest(%(schedules)s::bigint[], %(begins)s::timestamptz[], %(ends)s::timestamptz[], %(known)s::boolean[])
  AS one (schedule, from_moment, until_moment, known)
