-- Only when units are published at all: the first delivery of a new city is not full of faults.
SELECT parcel.row, ST_X(spot), ST_Y(spot), parcel.code
FROM planning_parcel AS parcel, ST_PointOnSurface(parcel.geom) AS spot
WHERE parcel.edition_id = %(edition)s
  AND parcel.geom IS NOT NULL
  AND EXISTS (SELECT FROM planning_ward WHERE live)
  AND NOT EXISTS (
      SELECT FROM planning_ward AS ward WHERE ward.live AND ST_Intersects(ward.shape, ST_PointOnSurface(parcel.shape))
  )
ORDER BY parcel.row
