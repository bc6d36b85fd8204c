-- The units of all times that held one parcel.
SELECT ward.code, ward.in_force_from, ward.in_force_until
FROM planning_parcel AS parcel
JOIN planning_ward AS ward ON ward.live AND ST_Intersects(ward.shape, ST_PointOnSurface(parcel.shape))
WHERE parcel.id = %(parcel)s
ORDER BY ward.in_force_from NULLS FIRST, ward.code
