-- The point is transformed, not the column, so that the index works. On a common limit the first by code wins.
SELECT id
FROM planning_parcel
WHERE live AND ST_Intersects(
    shape, ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s::float8, %(lat)s::float8), 4326), 3857)
)
ORDER BY code
LIMIT 1
