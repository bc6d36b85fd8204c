-- The table put in is that of a layer's model, never from outside.
SELECT unit.code, unit.name, unit.in_force_from, unit.in_force_until
FROM {table} AS unit
WHERE unit.live AND ST_Intersects(unit.shape, %(point)s::text::geometry)
ORDER BY unit.in_force_from NULLS FIRST, unit.code
