-- What a map of a parcel draws, in one statement: the areas and lines of one plan's edition, the neighbours, the roads.
-- An edition belongs to one layer, so only one of the first two finds anything.
SELECT 'use' AS kind, use AS text, NULL::float8 AS width_m, ST_AsBinary(geom) AS wkb
FROM planning_zone
WHERE live AND edition_id = %(plan)s AND shape && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857)
UNION ALL
SELECT 'use', use, NULL, ST_AsBinary(geom)
FROM planning_landusearea
WHERE live AND edition_id = %(plan)s AND shape && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857)
UNION ALL
SELECT 'line', kind, width_m, ST_AsBinary(geom)
FROM planning_planline
WHERE live AND edition_id = %(plan)s AND shape && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857)
UNION ALL
(
    SELECT 'parcel', number::text, NULL, ST_AsBinary(geom)
    FROM planning_parcel
    WHERE live
      AND id <> %(parcel)s
      AND (in_force_from IS NULL OR in_force_from <= %(on)s)
      AND (in_force_until IS NULL OR in_force_until >= %(on)s)
      AND shape && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857)
    LIMIT %(neighbours)s
)
UNION ALL
SELECT 'road', name, width_m, ST_AsBinary(geom)
FROM planning_road
WHERE live AND shape && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857)
UNION ALL
SELECT 'water', name, NULL, ST_AsBinary(geom)
FROM planning_water
WHERE live AND shape && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857)
