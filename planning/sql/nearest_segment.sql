-- The subquery lets the index walk outwards from the parcel (KNN); a join would measure every segment.
SELECT segment.code, segment.street, segment.from_street, segment.to_street,
       ARRAY[segment.price_1, segment.price_2, segment.price_3, segment.price_4] AS prices,
       segment.decision, segment.in_force_from, segment.in_force_until,
       dataset.code AS "table", edition.id AS edition, edition.published, segment.distance_m
FROM planning_parcel AS parcel
CROSS JOIN LATERAL (
    SELECT near.*, ST_Distance(near.geom, parcel.geom) AS distance_m
    FROM planning_streetsegment AS near
    WHERE near.live
      AND (near.in_force_from IS NULL OR near.in_force_from <= %(on)s)
      AND (near.in_force_until IS NULL OR near.in_force_until >= %(on)s)
    ORDER BY near.shape <-> parcel.shape
    LIMIT 1
) AS segment
JOIN tiles_edition AS edition ON edition.id = segment.edition_id
JOIN tiles_dataset AS dataset ON dataset.id = edition.dataset_id
WHERE parcel.id = %(parcel)s
