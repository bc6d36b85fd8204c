-- The point is transformed, not the column, so that the index works. On a common limit the first by code wins.
-- OFFSET 0 keeps the point out of the plan: the planner would take each point for a reason to plan anew, for a
-- millisecond. Where no outline of the date is kept the parcel formed later on that ground answers, and says so.
SELECT parcel.id
FROM (
    SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s::float8, %(lat)s::float8), 4326), 3857) AS shape OFFSET 0
) AS point
JOIN planning_parcel AS parcel ON parcel.live AND ST_Intersects(parcel.shape, point.shape)
WHERE parcel.in_force_until IS NULL OR parcel.in_force_until >= %(on)s
ORDER BY parcel.in_force_from > %(on)s NULLS FIRST, parcel.code
LIMIT 1
