-- One statement for all readings of a corner table: the parcels of today whose boxes overlap each reading's box (3857).
-- A box that holds very many keeps those most like it in size, so that a large one cannot read the whole city.
SELECT box.reading, parcel.code, parcel.ward, parcel.sheet, parcel.number, parcel.outline
FROM unnest(
    %(readings)s::int[], %(wests)s::float8[], %(souths)s::float8[], %(easts)s::float8[], %(norths)s::float8[]
) AS box(reading, west, south, east, north)
CROSS JOIN LATERAL (
    SELECT code, ward, sheet, number, ST_AsBinary(geom) AS outline
    FROM planning_parcel
    WHERE live AND in_force_until IS NULL AND shape && ST_MakeEnvelope(box.west, box.south, box.east, box.north, 3857)
    ORDER BY abs(ST_XMax(shape) - ST_XMin(shape) + ST_YMax(shape) - ST_YMin(shape)
                 - (box.east - box.west) - (box.north - box.south)), code
    LIMIT 200
) AS parcel
