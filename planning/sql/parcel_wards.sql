-- One statement a delivery instead of a spatial question a row; the unit of the file's name decides without geometry.
-- While no unit is published at all, the dataset's code stands for it.
UPDATE planning_parcel AS parcel
SET ward = CASE
    WHEN EXISTS (SELECT FROM planning_ward WHERE live AND code = %(dataset)s)
      OR NOT EXISTS (SELECT FROM planning_ward WHERE live)
    THEN %(dataset)s
    ELSE coalesce((
        SELECT ward.code
        FROM planning_ward AS ward
        WHERE ward.live AND ST_Intersects(ward.shape, ST_PointOnSurface(parcel.shape))
        ORDER BY ward.in_force_until NULLS LAST, ward.in_force_from, ward.code
        LIMIT 1
    ), '')
END
WHERE parcel.edition_id = %(edition)s
