-- Every schedule with whether it covers the day, and the span that holds the moment.
SELECT schedule.text, schedule.place, schedule.kind, schedule.readable,
       %(day)s::date BETWEEN schedule.first AND schedule.last AS covers, span.state
FROM tourism_schedule AS schedule
LEFT JOIN tourism_openspan AS span ON span.schedule_id = schedule.id AND span.span @> %(moment)s::timestamptz
