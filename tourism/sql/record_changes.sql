-- What differs from what was told last, and what is told no more. The clock is read under the layer's lock, so that a
-- later publication never carries an earlier moment. A place without photos has the digest it always had.
WITH photos AS (
    SELECT photo.place AS code, jsonb_agg(to_jsonb(photo) ORDER BY photo.position, photo.id)::text AS told
    FROM tourism_photo AS photo
    WHERE NOT photo.hidden
    GROUP BY photo.place
), published AS (
    SELECT
        place.code,
        md5((to_jsonb(place) - ARRAY['id', 'edition_id', 'live', 'row'])::text || coalesce(photos.told, '')) AS digest
    FROM tourism_place AS place
    LEFT JOIN photos ON photos.code = place.code
    WHERE place.live
), told AS (
    INSERT INTO tourism_placechange AS known (code, digest, changed, gone)
    SELECT code, digest, clock_timestamp(), false FROM published
    ON CONFLICT (code) DO UPDATE SET digest = excluded.digest, changed = excluded.changed, gone = false
    WHERE known.digest <> excluded.digest OR known.gone
)
UPDATE tourism_placechange AS known
SET gone = true, changed = clock_timestamp()
WHERE NOT known.gone AND NOT EXISTS (SELECT FROM published WHERE published.code = known.code)
