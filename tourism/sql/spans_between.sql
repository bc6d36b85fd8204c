-- All hours that cover the days, with the spans that touch them; those without any have one row of nulls.
SELECT schedule.text, schedule.place, schedule.kind, schedule.readable, lower(span.span), upper(span.span), span.state
FROM tourism_schedule AS schedule
LEFT JOIN tourism_openspan AS span
  ON span.schedule_id = schedule.id AND span.span && tstzrange(%(begin)s, %(end)s)
WHERE schedule.first <= %(first)s AND schedule.last >= %(last)s
ORDER BY schedule.text, schedule.place, schedule.kind, lower(span.span)
