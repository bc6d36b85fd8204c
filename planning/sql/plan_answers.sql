-- What live plans say about a parcel: each that draws it, in force or not, with its kept shares and what lies behind its
-- lines; then, once a family and level, that others in force on the date do not. A plan not computed yet has its edition:
-- it is asked for among the others alone, since shares are written together with the record that they are computed.
SELECT plan.layer, plan.level, plan.code AS plan, plan.title, dataset.title_en, plan.decision, plan.in_force_from, plan.in_force_until,
       plan.scale, plan.office, plan.line_kinds, dataset.code, edition.id, edition.published,
       true AS computed, true AS concerned, share.gap_m2, share.overlap_m2, share.slivers_m2,
       areas.listed, behind.lines, papers.documents
FROM planning_share AS share
JOIN planning_plan AS plan ON plan.edition_id = share.plan_edition_id AND plan.live
JOIN tiles_edition AS edition ON edition.id = plan.edition_id
JOIN tiles_dataset AS dataset ON dataset.id = edition.dataset_id
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object(
        'code', area.code, 'name', area.name, 'use', area.use, 'use_name', area.use_name, 'area_m2', piece.area_m2,
        'density_max_percent', area.density_max_percent, 'floors_max', area.floors_max,
        'floor_area_ratio', area.floor_area_ratio, 'height_max_m', area.height_max_m,
        'setback_m', area.setback_m, 'stage', area.stage
    ) ORDER BY piece.area_m2 DESC, area.code) AS listed
    FROM unnest(share.area_ids, share.areas_m2) AS piece (id, area_m2)
    JOIN LATERAL (
        SELECT code, name, use, use_name, density_max_percent, floors_max, floor_area_ratio, height_max_m, setback_m,
               stage
        FROM planning_zone
        WHERE dataset.layer = 'zones' AND id = piece.id
        UNION ALL
        SELECT code, name, use, use_name, NULL, NULL, NULL, NULL, NULL, ''
        FROM planning_landusearea
        WHERE dataset.layer = 'land-use' AND id = piece.id
    ) AS area ON true
) AS areas ON true
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('kind', one.kind, 'area_m2', one.area_m2, 'lines', (
        SELECT json_agg(json_build_object(
            'code', line.code, 'name', line.name, 'category', line.category, 'width_m', line.width_m
        ) ORDER BY line.code)
        FROM planning_planline AS line
        WHERE line.id = ANY (one.line_ids)
    ))) AS lines
    FROM planning_lineshare AS one
    WHERE plan.line_kinds <> '' AND one.parcel_id = share.parcel_id AND one.plan_edition_id = share.plan_edition_id
) AS behind ON true
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('title', paper.title, 'name', paper.name) ORDER BY paper.name) AS documents
    FROM planning_plandocument AS paper
    WHERE paper.dataset_id = dataset.id
) AS papers ON true
WHERE share.parcel_id = %(parcel)s
UNION ALL
SELECT other.layer, other.level, '', '', '', '', NULL, NULL, '', '', '', dataset.code, edition.id, edition.published,
       edition.id IS NULL, false, NULL, NULL, NULL, NULL, NULL, NULL
FROM (
    SELECT DISTINCT plan.layer, plan.level, CASE WHEN plan.edition_id <> ALL (ARRAY(
        SELECT done.plan_edition_id
        FROM planning_parcel AS parcel
        JOIN planning_sharesof AS done ON done.parcel_edition_id = parcel.edition_id
        WHERE parcel.id = %(parcel)s
    )) THEN plan.edition_id END AS waiting
    FROM planning_plan AS plan
    WHERE plan.live
      AND (plan.in_force_from IS NULL OR plan.in_force_from <= %(on)s)
      AND (plan.in_force_until IS NULL OR plan.in_force_until >= %(on)s)
      AND plan.edition_id <> ALL (ARRAY(
          SELECT share.plan_edition_id FROM planning_share AS share WHERE share.parcel_id = %(parcel)s
      ))
) AS other
LEFT JOIN LATERAL (
    SELECT kept.id, kept.published, kept.dataset_id FROM tiles_edition AS kept WHERE kept.id = other.waiting LIMIT 1
) AS edition ON true
LEFT JOIN tiles_dataset AS dataset ON dataset.id = edition.dataset_id
