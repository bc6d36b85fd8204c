-- Proves the precomputed shares, and serves outlines that are no parcel. No row: the plan does not concern the outline.
WITH drawn AS (
    SELECT outline, ST_Area(outline) AS area_m2,
           least(%(sliver_m2)s, ST_Area(outline) * %(sliver_part)s) AS sliver_m2
    FROM (SELECT %(outline)s::geometry AS outline) AS given
),
areas AS (
    SELECT id, geom FROM planning_zone WHERE edition_id = %(plan)s
    UNION ALL
    SELECT id, geom FROM planning_landusearea WHERE edition_id = %(plan)s
),
pieces AS (
    SELECT areas.id, ST_Intersection(areas.geom, drawn.outline) AS piece
    FROM areas, drawn
    WHERE areas.geom && drawn.outline AND ST_Intersects(areas.geom, drawn.outline)
),
measured AS (
    SELECT pieces.*, ST_Area(piece) AS piece_m2, ST_Area(piece) >= drawn.sliver_m2 AS listed
    FROM pieces, drawn
),
summed AS (
    SELECT array_agg(id ORDER BY piece_m2 DESC) FILTER (WHERE listed) AS ids,
           array_agg(piece_m2 ORDER BY piece_m2 DESC) FILTER (WHERE listed) AS areas_m2,
           coalesce(sum(piece_m2) FILTER (WHERE listed), 0) AS total_m2,
           coalesce(ST_Area(ST_Union(piece) FILTER (WHERE listed)), 0) AS union_m2,
           coalesce(sum(piece_m2) FILTER (WHERE NOT listed), 0) AS slivers_m2
    FROM measured
)
SELECT coalesce(ids, '{}'), coalesce(areas_m2, '{}'),
       greatest(area_m2 - union_m2, 0), greatest(total_m2 - union_m2, 0), slivers_m2
FROM summed, drawn
WHERE ids IS NOT NULL
   OR EXISTS (
       SELECT FROM planning_plan
       WHERE edition_id = %(plan)s AND ST_Area(ST_Intersection(geom, outline)) >= drawn.sliver_m2
   )
