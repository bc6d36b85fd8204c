-- One statement a delivery instead of a spatial question a row; the unit of the file's name decides without geometry.
-- While no unit is published at all, the dataset's code stands for it. Units are cut into small pieces first: asking
-- whole outlines took three times as long over a city.
DROP TABLE IF EXISTS ward_pieces;
CREATE TEMP TABLE ward_pieces ON COMMIT DROP AS
SELECT code, in_force_from, in_force_until, ST_Subdivide(shape, 32) AS piece
FROM planning_ward
WHERE live AND NOT EXISTS (SELECT FROM planning_ward WHERE live AND code = %(dataset)s);
CREATE INDEX ON ward_pieces USING gist (piece);
ANALYZE ward_pieces;
UPDATE planning_parcel AS parcel
SET ward = CASE
    WHEN NOT EXISTS (SELECT FROM ward_pieces) THEN %(dataset)s
    ELSE coalesce((
        SELECT ward.code
        FROM ward_pieces AS ward
        WHERE ST_Intersects(ward.piece, ST_PointOnSurface(parcel.shape))
        ORDER BY ward.in_force_until NULLS LAST, ward.in_force_from, ward.code
        LIMIT 1
    ), '')
END
WHERE parcel.edition_id = %(edition)s
