-- Areas of EPSG:5899, the legal system of the city; web Mercator and UTM would differ by themselves.
SELECT parcel.row, ST_X(spot), ST_Y(spot), area_registered_m2, measured_m2
FROM planning_parcel AS parcel, ST_PointOnSurface(parcel.geom) AS spot, ST_Area(parcel.geom) AS measured_m2
WHERE parcel.edition_id = %(edition)s
  AND abs(area_registered_m2 - measured_m2) > %(part)s * measured_m2
ORDER BY parcel.row
