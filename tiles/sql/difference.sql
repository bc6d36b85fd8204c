-- What would change for the public: both editions' rows side by side, told apart by what they say and where they lie.
WITH rows AS (
    SELECT code, edition_id, md5(row({said})::text) AS said, md5(ST_AsBinary(geom)) AS place, ST_Area(geom) AS area
    FROM {table} r
    WHERE edition_id IN (%(new)s, %(old)s)
)
SELECT
    CASE
        WHEN o.code IS NULL THEN 'added'
        WHEN n.code IS NULL THEN 'removed'
        WHEN n.place IS DISTINCT FROM o.place THEN 'reshaped'
        ELSE 'changed'
    END AS kind,
    count(*),
    (array_agg(coalesce(n.code, o.code) ORDER BY coalesce(n.code, o.code)))[1:10],
    coalesce(sum(coalesce(n.area, 0) - coalesce(o.area, 0)), 0)
FROM (SELECT * FROM rows WHERE edition_id = %(new)s) n
FULL JOIN (SELECT * FROM rows WHERE edition_id = %(old)s) o USING (code)
WHERE o.code IS NULL OR n.code IS NULL OR n.said <> o.said OR n.place IS DISTINCT FROM o.place
GROUP BY 1
