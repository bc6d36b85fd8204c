-- m² of a parcel that lie in a zone and a land-use area at once; asked only where neither covers the whole parcel.
SELECT pair.zone, pair.area, ST_Area(ST_Intersection(ST_Intersection(parcel.geom, zone.geom), area.geom)) AS area_m2
FROM planning_parcel AS parcel
CROSS JOIN unnest(%(zones)s::text[], %(areas)s::text[]) AS pair (zone, area)
JOIN planning_zone AS zone ON zone.live AND zone.code = pair.zone
JOIN planning_landusearea AS area ON area.live AND area.code = pair.area
WHERE parcel.id = %(parcel)s
