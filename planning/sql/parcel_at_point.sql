-- The point is transformed, not the column, so that the index works. On a common limit the first by code wins.
-- OFFSET 0 keeps the point out of the plan: the planner would take each point for a reason to plan anew, for a
-- millisecond.
SELECT parcel.id
FROM (
    SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s::float8, %(lat)s::float8), 4326), 3857) AS shape OFFSET 0
) AS point
JOIN planning_parcel AS parcel ON parcel.live AND ST_Intersects(parcel.shape, point.shape)
ORDER BY parcel.code
LIMIT 1
