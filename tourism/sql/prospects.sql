-- What every schedule says at a moment and what comes next, up to a horizon: one look into the index of spans for all.
SELECT schedule.text, schedule.place, schedule.kind, schedule.readable,
       schedule.first <= %(day)s::date AND schedule.last >= %(last)s::date AS covers,
       min(span.state) FILTER (WHERE span.span @> %(moment)s::timestamptz) AS state,
       min(upper(span.span)) FILTER (WHERE span.span @> %(moment)s::timestamptz) AS until,
       min(lower(span.span)) FILTER (WHERE span.state = 'open' AND lower(span.span) > %(moment)s::timestamptz) AS opens,
       min(lower(span.span)) FILTER (WHERE span.state = 'appointment' AND lower(span.span) > %(moment)s::timestamptz) AS appointment
FROM tourism_schedule AS schedule
LEFT JOIN tourism_openspan AS span
  ON span.schedule_id = schedule.id AND span.span && tstzrange(%(moment)s::timestamptz, %(horizon)s::timestamptz)
GROUP BY schedule.id
