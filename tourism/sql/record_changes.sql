-- What differs from what was told last, and what is told no more. The clock is read under the layer's lock, so that a
-- later publication never carries an earlier moment.
WITH published AS (
    SELECT place.code, md5((to_jsonb(place) - ARRAY['id', 'edition_id', 'live', 'row'])::text) AS digest
    FROM tourism_place AS place
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
