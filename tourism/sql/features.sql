-- Places as GeoJSON texts, in the order asked: built here, no place becomes an object on the way.
SELECT jsonb_build_object(
    'type', 'Feature',
    'id', place.id,
    'geometry', ST_AsGeoJSON(ST_Transform(place.geom, 4326), 7)::jsonb,
    'properties', jsonb_build_object(
        'code', place.code,
        'slug', place.code,
        'category', place.category,
        'group', place."group",
        'name', CASE WHEN english.name THEN place.name_en ELSE place.name END,
        'lang', CASE WHEN english.name THEN 'en' ELSE 'vi' END,
        'description', nullif(CASE WHEN english.description THEN place.description_en ELSE place.description END, ''),
        'opening_hours', nullif(place.opening_hours, ''),
        'open', asked.open,
        'address', nullif(place.address, ''),
        'phone', nullif(place.phone, ''),
        'website', nullif(place.website, ''),
        'stars', place.stars,
        'price', nullif(place.price, ''),
        'verified_on', place.verified_on,
        'updated', coalesce(known.changed, edition.published),
        'source', nullif(delivery.supplier, ''),
        'licence', nullif(delivery.licence, ''),
        'url', %(address)s::text || place.code,
        'distance_m', round(asked.distance_m::numeric, 1)
    ) - %(without)s::text[]
)::text
FROM unnest(%(ids)s::bigint[], %(open)s::boolean[], %(distances_m)s::float8[])
  WITH ORDINALITY AS asked (id, open, distance_m, position)
JOIN tourism_place AS place ON place.id = asked.id
JOIN tiles_edition AS edition ON edition.id = place.edition_id
JOIN tiles_delivery AS delivery ON delivery.id = edition.delivery_id
LEFT JOIN tourism_placechange AS known ON known.code = place.code
CROSS JOIN LATERAL (
    SELECT %(english)s::boolean AND place.name_en <> '' AS name,
           %(english)s::boolean AND place.description_en <> '' AS description
) AS english
ORDER BY asked.position
