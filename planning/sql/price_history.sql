-- What every live table states for one piece of street; street_fold has the index.
SELECT dataset.code AS "table", segment.decision, segment.in_force_from, segment.in_force_until,
       ARRAY[segment.price_1, segment.price_2, segment.price_3, segment.price_4] AS prices
FROM planning_streetsegment AS segment
JOIN tiles_edition AS edition ON edition.id = segment.edition_id
JOIN tiles_dataset AS dataset ON dataset.id = edition.dataset_id
WHERE segment.live
  AND segment.street_fold = city_fold(%(street)s)
  AND (segment.street, segment.from_street, segment.to_street) = (%(street)s, %(from_street)s, %(to_street)s)
ORDER BY segment.in_force_from NULLS FIRST, dataset.code
