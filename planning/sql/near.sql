-- The names and metres put in come from a layer's model and from constants, never from outside.
-- In EPSG:3857 a metre of the ground is longer by 1/cos(latitude); the index gets that margin, metres come from 5899.
(
    SELECT '{layer}' AS layer, row.code, {title} AS title, {kind} AS kind,
           ST_Distance(row.geom, parcel.geom) AS distance_m
    FROM planning_parcel AS parcel
    JOIN {table} AS row
      ON row.live AND {when} AND ST_DWithin(row.shape, parcel.shape, {within_m} * 1.03)
    WHERE parcel.id = %(parcel)s AND ST_Distance(row.geom, parcel.geom) <= {within_m}
    ORDER BY distance_m, row.code
    LIMIT %(limit)s
)
