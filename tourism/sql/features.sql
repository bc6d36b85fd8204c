-- Places as GeoJSON texts, in the order asked: built here, no place becomes an object on the way.
SELECT jsonb_build_object(
    'type', 'Feature',
    'id', place.id,
    'geometry', ST_AsGeoJSON(ST_Transform(place.geom, 4326), 7)::jsonb,
    'properties', (jsonb_build_object(
        'code', place.code,
        'slug', place.code,
        'category', place.category,
        'group', place."group",
        'name', coalesce(other.name, CASE WHEN english.name THEN place.name_en ELSE place.name END),
        'lang', coalesce(other.language, CASE WHEN english.name THEN 'en' ELSE 'vi' END),
        'description', coalesce(
            nullif(other.description, ''), CASE WHEN %(english)s::boolean THEN nullif(place.description_en, '') END,
            nullif(place.description, '')
        ),
        'description_lang', CASE
            WHEN other.description <> '' THEN other.language
            WHEN %(english)s::boolean AND place.description_en <> '' THEN 'en'
            WHEN place.description <> '' THEN 'vi'
        END,
        'opening_hours', nullif(place.opening_hours, ''),
        'address', nullif(place.address, ''),
        'phone', nullif(place.phone, ''),
        'website', nullif(place.website, ''),
        'stars', CASE WHEN place.stars_until < %(day)s THEN NULL ELSE place.stars END,
        'wheelchair', nullif(place.wheelchair, ''),
        'price', nullif(place.price, ''),
        'verified_on', CASE WHEN NOT 'verified_on' = ANY (%(without)s::text[]) THEN greatest(
            place.verified_on,
            (
                SELECT max(seen.day) FROM tourism_verification AS seen
                WHERE seen.place = place.code AND seen.withdrawn IS NULL
            )
        ) END,
        'updated', coalesce(known.changed, edition.published),
        'source', nullif(delivery.supplier, ''),
        'licence', nullif(delivery.licence, ''),
        'url', %(address)s::text || place.code,
        'details', CASE WHEN NOT 'details' = ANY (%(without)s::text[]) THEN jsonb_build_object(
            'teaser', coalesce(
                nullif(other.teaser, ''), CASE WHEN %(english)s::boolean THEN nullif(place.teaser_en, '') END, nullif(place.teaser, '')
            ),
            'teaser_lang', CASE
                WHEN other.teaser <> '' THEN other.language
                WHEN %(english)s::boolean AND place.teaser_en <> '' THEN 'en'
                WHEN place.teaser <> '' THEN 'vi'
            END,
            'notes', coalesce(
                nullif(other.notes, ''), CASE WHEN %(english)s::boolean THEN nullif(place.notes_en, '') END, nullif(place.notes, '')
            ),
            'notes_lang', CASE
                WHEN other.notes <> '' THEN other.language
                WHEN %(english)s::boolean AND place.notes_en <> '' THEN 'en'
                WHEN place.notes <> '' THEN 'vi'
            END,
            'address_parts', asked.parts::jsonb,
            'entrance', CASE WHEN place.entrance_lon IS NOT NULL AND place.entrance_lat IS NOT NULL THEN
                jsonb_build_array(place.entrance_lon, place.entrance_lat)
            END,
            'email', nullif(place.email, ''),
            'page', nullif(place.page, ''),
            'beneficiary', nullif(place.beneficiary, ''),
            'licence_state', nullif(place.licence_state, ''),
            'licence_number', nullif(place.licence_number, ''),
            'stars_decision', nullif(place.stars_decision, ''),
            'stars_until', place.stars_until,
            'stars_expired', CASE WHEN place.stars_until < %(day)s THEN place.stars END,
            'price_from_vnd', place.price_from_vnd,
            'price_to_vnd', place.price_to_vnd,
            'priced_on', place.priced_on,
            'rooms', place.rooms,
            'seats', place.seats,
            'amenities', place.amenities,
            'tags', place.tags,
            'ids', place.other_ids || place.reference,
            'photos', (
                SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'url', %(photos)s::text || photo.token || '/large.webp',
                    'width', photo.width,
                    'height', photo.height,
                    'alt', coalesce(CASE WHEN %(english)s::boolean THEN nullif(photo.alt_en, '') END, photo.alt_vi),
                    'alt_lang', CASE WHEN %(english)s::boolean AND photo.alt_en <> '' THEN 'en' ELSE 'vi' END,
                    'author', photo.author,
                    'licence', photo.licence
                ) ORDER BY photo.position, photo.id), '[]')
                FROM tourism_photo AS photo
                WHERE photo.place = place.code AND NOT photo.hidden
            ),
            'languages', (
                SELECT array_agg(language ORDER BY language)
                FROM (
                    SELECT 'vi' AS language
                    UNION ALL SELECT 'en' WHERE place.name_en <> ''
                    UNION ALL
                    SELECT text.language FROM tourism_placetext AS text WHERE text.live AND text.place = place.code
                ) AS told
            )
        ) END,
        'distance_m', round(asked.distance_m::numeric, 1)
    ) || asked.more::jsonb) - %(without)s::text[]
)::text
FROM unnest(%(ids)s::bigint[], %(distances_m)s::float8[], %(more)s::text[], %(parts)s::text[])
  WITH ORDINALITY AS asked (id, distance_m, more, parts, position)
JOIN tourism_place AS place ON place.id = asked.id
JOIN tiles_edition AS edition ON edition.id = place.edition_id
JOIN tiles_delivery AS delivery ON delivery.id = edition.delivery_id
LEFT JOIN tourism_placechange AS known ON known.code = place.code
LEFT JOIN tourism_placetext AS other
  ON other.live AND other.place = place.code AND other.language = %(language)s
CROSS JOIN LATERAL (SELECT %(english)s::boolean AND place.name_en <> '' AS name) AS english
ORDER BY asked.position
