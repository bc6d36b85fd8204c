-- The roads nearest to a parcel with the row of a price table that prices each: an alley is priced by its street.
-- Edges of the outline whose both ends lie near the road are the frontage; its farthest corner tells the depth: only of
-- roads the parcel may lie at.
SELECT road.name AS road, road.level, road.width_m, road.surface, road.distance_m,
       outline.farthest_m - road.distance_m AS depth_m, outline.frontage_m,
       segment.code, segment.street, segment.from_street, segment.to_street,
       ARRAY[segment.price_1, segment.price_2, segment.price_3, segment.price_4] AS prices,
       segment.decision, segment.row, dataset.code AS dataset, segment.edition_id AS edition,
       segment.in_force_from, segment.in_force_until, edition.published,
       ST_Distance(parcel.geom, segment.geom) AS from_street_m
FROM planning_parcel AS parcel
CROSS JOIN LATERAL (
    SELECT near.name, near.width_m, near.surface, near.geom,
           near.road_class IN ('alley', 'path') AS is_alley,
           CASE WHEN near.road_class IN ('alley', 'path') THEN near.alley_level ELSE 0 END AS level,
           CASE WHEN near.road_class IN ('alley', 'path') THEN near.parent_fold ELSE near.name_fold END AS street_fold,
           ST_Distance(near.geom, parcel.geom) AS distance_m
    FROM planning_road AS near
    WHERE near.live AND near.name <> ''
    ORDER BY near.shape <-> parcel.shape
    LIMIT {roads}
) AS road
CROSS JOIN LATERAL (
    SELECT max(greatest(near.one_m, near.other_m)) AS farthest_m,
           sum(ST_Length(near.edge)) FILTER (
               WHERE greatest(near.one_m, near.other_m) <= road.distance_m + %(slack_m)s
           ) AS frontage_m
    FROM (
        SELECT part.geom AS edge, ST_Distance(ST_StartPoint(part.geom), road.geom) AS one_m,
               ST_Distance(ST_EndPoint(part.geom), road.geom) AS other_m
        FROM ST_DumpSegments(ST_Boundary(parcel.geom)) AS part
        WHERE road.distance_m <= coalesce(road.width_m, 0) / 2 + %(reach_m)s
    ) AS near
) AS outline
JOIN LATERAL (
    SELECT priced.*
    FROM planning_streetsegment AS priced
    WHERE priced.live
      AND priced.geom IS NOT NULL
      AND priced.street_fold = road.street_fold
      AND (priced.in_force_from IS NULL OR priced.in_force_from <= %(on)s)
      AND (priced.in_force_until IS NULL OR priced.in_force_until >= %(on)s)
    ORDER BY ST_Distance(priced.geom, CASE WHEN road.is_alley THEN road.geom ELSE parcel.geom END), priced.code
    LIMIT 1
) AS segment ON true
JOIN tiles_edition AS edition ON edition.id = segment.edition_id
JOIN tiles_dataset AS dataset ON dataset.id = edition.dataset_id
WHERE parcel.id = %(parcel)s
ORDER BY road.distance_m, road.name
