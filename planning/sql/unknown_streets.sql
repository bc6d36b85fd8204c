-- The nearest name is offered, so that a slip of the pen is found at once.
SELECT segment.row, segment.street, segment.from_street, segment.to_street,
    (
        SELECT road.name
        FROM planning_road AS road
        WHERE road.live AND road.name_fold %% segment.street_fold
        ORDER BY similarity(road.name_fold, segment.street_fold) DESC, road.name
        LIMIT 1
    )
FROM planning_streetsegment AS segment
WHERE segment.edition_id = %(edition)s AND segment.geom IS NULL
ORDER BY segment.row
