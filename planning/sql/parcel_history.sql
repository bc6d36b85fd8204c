-- The law's clock of one parcel: plans, prices of the piece of street it is priced by ("" when no street prices it),
-- units that held it and its own lineage, of all times.
WITH RECURSIVE parcel AS (
    SELECT id, code, shape, edition_id FROM planning_parcel WHERE id = %(parcel)s
),
origin AS (
    SELECT step.predecessor, step.successor, step.kind, step.changed, step.document
    FROM parcel JOIN planning_parcellineage AS step ON step.live AND step.successor = parcel.code
    UNION
    SELECT step.predecessor, step.successor, step.kind, step.changed, step.document
    FROM origin JOIN planning_parcellineage AS step ON step.live AND step.successor = origin.predecessor
)
SELECT 'plan' AS kind, plan.code, plan.title, dataset.title_en, plan.decision AS document, plan.in_force_from, plan.in_force_until,
       NULL::bigint[] AS prices
FROM parcel
JOIN planning_share AS share ON share.parcel_id = parcel.id
JOIN planning_plan AS plan ON plan.edition_id = share.plan_edition_id AND plan.live
JOIN tiles_edition AS edition ON edition.id = plan.edition_id
JOIN tiles_dataset AS dataset ON dataset.id = edition.dataset_id
UNION ALL
SELECT 'price', priced.code, concat_ws(' – ', priced.street, priced.from_street, priced.to_street), '', priced.decision,
       priced.in_force_from, priced.in_force_until, ARRAY[priced.price_1, priced.price_2, priced.price_3, priced.price_4]
FROM planning_streetsegment AS priced
WHERE priced.live AND %(street)s::text <> '' AND priced.street_fold = city_fold(%(street)s::text)
  AND priced.street = %(street)s AND priced.from_street = %(from_street)s AND priced.to_street = %(to_street)s
UNION ALL
SELECT 'ward', ward.code, ward.name, '', '', ward.in_force_from, ward.in_force_until, NULL
FROM parcel
JOIN planning_ward AS ward ON ward.live AND ST_Intersects(ward.shape, ST_PointOnSurface(parcel.shape))
UNION ALL
SELECT origin.kind, origin.predecessor, origin.successor, '', origin.document, origin.changed, NULL, NULL
FROM origin
ORDER BY in_force_from NULLS FIRST, code
