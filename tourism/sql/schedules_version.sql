-- Another pair as soon as a schedule is written or forgotten: of two writers the later number may be seen first.
SELECT max(id), count(*)::int FROM tourism_schedule
