-- One statement for a click: the live parcel that `which` finds, its unit then and its edition.
SELECT parcel.id AS pk, parcel.code, parcel.sheet, parcel.number, parcel.area_registered_m2, parcel.land_use,
       parcel.address, ST_Area(parcel.geom) AS area_measured_m2,
       ST_AsBinary(parcel.geom) AS outline, ST_AsGeoJSON(ST_Transform(parcel.geom, 4326), 7) AS geojson,
       (
           SELECT max(step.changed) FROM planning_parcellineage AS step WHERE step.live AND step.successor = parcel.code
       ) AS formed_on,
       parcel.in_force_until,
       parcel.ward AS ward_code, coalesce(cadastral.name, parcel.ward) AS ward_name,
       coalesce(holding.code, parcel.ward) AS ward_then_code,
       coalesce(holding.name, cadastral.name, parcel.ward) AS ward_then_name,
       dataset.code AS dataset, edition.id AS edition, edition.published,
       EXISTS (
           SELECT FROM planning_project WHERE live AND coalesce(year_from, 0) <= extract(year FROM %(on)s::date)
       ) AS projects_published,
       cadastral.edition_id AS ward_edition, holding.edition_id AS ward_then_edition,
       ARRAY[
           (SELECT id FROM tiles_revision WHERE layer = 'wards' ORDER BY number DESC LIMIT 1),
           (SELECT id FROM tiles_revision WHERE layer = 'projects' ORDER BY number DESC LIMIT 1),
           (SELECT id FROM tiles_revision WHERE layer = 'prices' ORDER BY number DESC LIMIT 1)
       ] AS revisions,
       EXISTS (
           SELECT
           FROM planning_share AS share
           JOIN planning_plan AS plan ON plan.edition_id = share.plan_edition_id
           WHERE share.parcel_id = parcel.id
             AND plan.live
             AND plan.level = 'detailed'
             AND (plan.in_force_from IS NULL OR plan.in_force_from <= %(on)s)
             AND (plan.in_force_until IS NULL OR plan.in_force_until >= %(on)s)
       ) AS in_detailed_plan
FROM planning_parcel AS parcel
JOIN tiles_edition AS edition ON edition.id = parcel.edition_id
JOIN tiles_dataset AS dataset ON dataset.id = edition.dataset_id
LEFT JOIN planning_ward AS cadastral ON cadastral.live AND cadastral.code = parcel.ward
LEFT JOIN LATERAL (
    SELECT ward.code, ward.name, ward.edition_id
    FROM planning_ward AS ward
    WHERE ward.live
      AND (ward.in_force_from IS NULL OR ward.in_force_from <= %(on)s)
      AND (ward.in_force_until IS NULL OR ward.in_force_until >= %(on)s)
      AND ST_Intersects(ward.shape, ST_PointOnSurface(parcel.shape))
    ORDER BY ward.code
    LIMIT 1
) AS holding ON true
WHERE parcel.id = ({which})
