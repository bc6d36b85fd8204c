-- Price rows have no geometry: roads with the same street and the same two ends, in either direction, lend theirs.
UPDATE planning_streetsegment AS segment
SET geom = road.geom
FROM (
    SELECT name_fold, city_fold(from_street) AS one_end, city_fold(to_street) AS other_end,
           ST_LineMerge(ST_Collect(geom)) AS geom
    FROM planning_road
    WHERE live AND name <> ''
    GROUP BY 1, 2, 3
) AS road
WHERE segment.edition_id = %(edition)s
  AND road.name_fold = segment.street_fold
  AND (road.one_end, road.other_end) IN (
      (city_fold(segment.from_street), city_fold(segment.to_street)),
      (city_fold(segment.to_street), city_fold(segment.from_street))
  )
