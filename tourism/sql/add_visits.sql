-- Two processes may write the same day: each adds its own, in one order, so that none waits for the other in a circle.
INSERT INTO tourism_visits AS known (day, page, language, count)
SELECT * FROM unnest(%(days)s::date[], %(pages)s::text[], %(languages)s::text[], %(counts)s::int[])
ORDER BY 1, 2, 3
ON CONFLICT (day, page, language) DO UPDATE SET count = known.count + excluded.count
