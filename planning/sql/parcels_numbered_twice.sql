-- Number and sheet are unique in a unit; another live dataset may hold the same parcel.
SELECT
    parcel.row,
    ST_X(ST_PointOnSurface(parcel.geom)),
    ST_Y(ST_PointOnSurface(parcel.geom)),
    parcel.code,
    other.code
FROM planning_parcel AS parcel
CROSS JOIN LATERAL (
    -- The fence keeps to the index of live rows: few are found, however many the planner expects.
    SELECT candidate.code, candidate.edition_id
    FROM planning_parcel AS candidate
    WHERE candidate.live
      AND candidate.in_force_until IS NULL
      AND candidate.sheet = parcel.sheet
      AND candidate.number = parcel.number
      AND candidate.ward = parcel.ward
    OFFSET 0
) AS other
JOIN tiles_edition AS edition ON edition.id = other.edition_id AND edition.dataset_id <> %(dataset)s
WHERE parcel.edition_id = %(edition)s AND parcel.in_force_until IS NULL
ORDER BY parcel.row
