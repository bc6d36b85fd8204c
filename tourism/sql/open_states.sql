-- Every text of hours that live places have, with its schedule where one covers the day, and the span of the moment.
WITH used AS (SELECT DISTINCT opening_hours AS text FROM tourism_place WHERE live)
SELECT used.text, schedule.readable, span.known
FROM used
LEFT JOIN tourism_schedule AS schedule
  ON schedule.text = used.text AND %(day)s::date BETWEEN schedule.first AND schedule.last
LEFT JOIN tourism_openspan AS span ON span.schedule_id = schedule.id AND span.span @> %(moment)s::timestamptz
