-- The published place of a code with its twins, then the live places near it by distance: a page by one question.
WITH named AS MATERIALIZED (
    SELECT array_append(ARRAY(
        SELECT CASE WHEN pair.register = %(code)s::text THEN pair.osm ELSE pair.register END
        FROM tourism_match AS pair
        WHERE pair.counts AND %(code)s::text IN (pair.register, pair.osm)
    ), %(code)s::text) AS codes
), published AS MATERIALIZED (
    SELECT place.id, place.code, place.geom, place.shape
    FROM tiles_edition AS edition
    JOIN tourism_place AS place ON place.edition_id = edition.id
    WHERE edition.state = 'live' AND place.code = ANY ((SELECT codes FROM named)::text[])
), measured AS (
    -- Web Mercator stretches by 1 / cos(latitude), 1.022 at the city: the index finds a little more, the metres decide.
    SELECT place.id, place.code, ST_Distance(place.geom, here.geom) AS distance_m
    FROM published AS here
    JOIN tourism_place AS place ON place.live AND ST_DWithin(place.shape, here.shape, %(within_m)s::float8 * 1.1)
    WHERE here.code = %(code)s::text AND place.code <> ALL ((SELECT codes FROM named)::text[])
), near AS (
    SELECT id, distance_m FROM measured
    WHERE distance_m <= %(within_m)s::float8
    ORDER BY distance_m, code
    LIMIT %(limit)s::int
)
SELECT wanted.distance_m, edition.published, delivery.supplier, delivery.licence, place.*,
  EXISTS (SELECT FROM events_event AS event WHERE event.place = place.code) AS has_events,
  EXISTS (SELECT FROM tourism_photo AS photo WHERE photo.place = place.code AND NOT photo.hidden) AS has_photos,
  CASE WHEN wanted.distance_m IS NULL THEN greatest(
      place.verified_on,
      (
          SELECT max(seen.day) FROM tourism_verification AS seen
          WHERE seen.place = place.code AND seen.withdrawn IS NULL
      )
  ) END AS last_verified
FROM (SELECT id, NULL::float8 AS distance_m FROM published UNION ALL SELECT id, distance_m FROM near) AS wanted
JOIN tourism_place AS place ON place.id = wanted.id
JOIN tiles_edition AS edition ON edition.id = place.edition_id
JOIN tiles_delivery AS delivery ON delivery.id = edition.delivery_id
ORDER BY wanted.distance_m NULLS FIRST, place.code
