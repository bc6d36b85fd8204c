-- Number and sheet are unique in a unit; another live dataset may hold the same parcel.
SELECT parcel.row, ST_X(spot), ST_Y(spot), parcel.code, other.code
FROM planning_parcel AS parcel
JOIN planning_parcel AS other
  ON other.live AND other.sheet = parcel.sheet AND other.number = parcel.number AND other.ward = parcel.ward
JOIN tiles_edition AS edition ON edition.id = other.edition_id AND edition.dataset_id <> %(dataset)s
CROSS JOIN ST_PointOnSurface(parcel.geom) AS spot
WHERE parcel.edition_id = %(edition)s
ORDER BY parcel.row
