-- Live places of some groups or kinds by distance from a point. Who is near is found in the indexes of groups and kinds
-- alone, without the rows, which lie one to a page; only of the few that are left is more read.
-- Open are those of `open`; of the others, but for those `noticed`, the ones whose hours are in `hours`, or with
-- `unless` are not.
SELECT place.id, place.code, near.distance_m,
       ARRAY[place.opening_hours, place.kitchen_hours, place.ticket_hours, place.last_entry_hours] AS hours
FROM (
    SELECT id, code, ST_Distance(geom, %(here)s::geometry) AS distance_m
    FROM (
        SELECT id, code, geom, opening_hours FROM tourism_place WHERE live AND "group" = ANY (%(kinds)s::text[])
        UNION ALL
        SELECT id, code, geom, opening_hours FROM tourism_place
        WHERE live AND category = ANY (%(kinds)s::text[]) AND "group" <> ALL (%(kinds)s::text[])
    ) AS kind
    WHERE (
          code = ANY (%(open)s::text[])
          OR code <> ALL (%(noticed)s::text[]) AND (opening_hours = ANY (%(hours)s::text[])) <> %(unless)s::boolean
      )
      AND (%(within_m)s::float8 IS NULL OR ST_Distance(geom, %(here)s::geometry) <= %(within_m)s::float8)
      AND (
          %(after_m)s::float8 IS NULL
          OR (ST_Distance(geom, %(here)s::geometry), code) > (%(after_m)s::float8, %(after)s::text)
      )
    ORDER BY distance_m, code
    LIMIT %(limit)s::int
) AS near
JOIN tourism_place AS place ON place.id = near.id
ORDER BY near.distance_m, near.code
