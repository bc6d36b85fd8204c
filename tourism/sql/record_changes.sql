-- What differs from what was told last, and what is told no more. The clock is read under the layer's lock, so that a
-- later publication never carries an earlier moment. A place is told with its photos, its notices on hours, its
-- further languages and the day a person last looked.
WITH verified AS (
    SELECT place AS code, max(day)::text AS told FROM tourism_verification WHERE withdrawn IS NULL GROUP BY place
), photos AS (
    SELECT photo.place AS code, jsonb_agg(to_jsonb(photo) ORDER BY photo.position, photo.id)::text AS told
    FROM tourism_photo AS photo
    WHERE NOT photo.hidden
    GROUP BY photo.place
), notices AS (
    SELECT place AS code, string_agg(to_jsonb(notice)::text, '' ORDER BY id) AS told
    FROM tourism_hoursnotice AS notice
    WHERE ended IS NULL
    GROUP BY place
), texts AS (
    SELECT
        place AS code,
        string_agg((to_jsonb(text) - ARRAY['id', 'edition_id', 'live', 'row'])::text, '' ORDER BY language) AS told
    FROM tourism_placetext AS text
    WHERE live
    GROUP BY place
), published AS (
    SELECT
        place.code,
        md5(concat(
            (to_jsonb(place) - ARRAY['id', 'edition_id', 'live', 'row'])::text, photos.told, notices.told, texts.told, verified.told
        )) AS digest
    FROM tourism_place AS place
    LEFT JOIN photos ON photos.code = place.code
    LEFT JOIN notices ON notices.code = place.code
    LEFT JOIN texts ON texts.code = place.code
    LEFT JOIN verified ON verified.code = place.code
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
