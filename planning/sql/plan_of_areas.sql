-- A delivery without the plan's limit: the limit is the outline of its areas, so that gaps and shares have a meaning.
INSERT INTO planning_plan (
    edition_id, row, code, live, geom, layer, title, level, file_code, decision, office, scale
)
SELECT %(edition)s, 0, %(code)s, false, ST_Union(areas.geom), '', %(title)s, '', '', '', '', ''
FROM (
    SELECT ST_MakeValid(geom) AS geom FROM planning_zone WHERE edition_id = %(edition)s
    UNION ALL
    SELECT ST_MakeValid(geom) FROM planning_landusearea WHERE edition_id = %(edition)s
) AS areas
