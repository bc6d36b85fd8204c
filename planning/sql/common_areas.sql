-- m² of a parcel that lie in a zone and in an area of another plan at once; asked only where neither covers the parcel.
SELECT pair.zone, pair.area, ST_Area(ST_Intersection(ST_Intersection(parcel.geom, zone.geom), area.geom)) AS area_m2
FROM planning_parcel AS parcel
CROSS JOIN unnest(%(zones)s::text[], %(areas)s::text[]) AS pair (zone, area)
JOIN planning_zone AS zone ON zone.live AND zone.code = pair.zone
JOIN LATERAL (
    SELECT geom FROM planning_landusearea WHERE live AND code = pair.area AND %(layer)s = 'land-use'
    UNION ALL
    SELECT geom FROM planning_zone WHERE live AND code = pair.area AND %(layer)s = 'zones'
) AS area ON true
WHERE parcel.id = %(parcel)s
