-- The city's clock of one parcel: every published edition of the datasets its answer is made of, and how long it stood.
SELECT dataset.layer, dataset.code AS dataset, dataset.title_vi, dataset.title_en, edition.id AS edition,
       edition.published, edition.state = 'live' AS live,
       (SELECT min(later.published) FROM tiles_edition AS later
        WHERE later.dataset_id = edition.dataset_id AND later.published > edition.published) AS replaced
FROM tiles_edition AS edition
JOIN tiles_dataset AS dataset ON dataset.id = edition.dataset_id
WHERE edition.published IS NOT NULL
  AND edition.state IN ('live', 'retired')
  AND (
      dataset.layer IN ('wards', 'prices')
      OR edition.dataset_id = (
          SELECT own.dataset_id FROM planning_parcel AS parcel JOIN tiles_edition AS own ON own.id = parcel.edition_id
          WHERE parcel.id = %(parcel)s
      )
      OR edition.dataset_id IN (
          SELECT plan.dataset_id
          FROM planning_share AS share JOIN tiles_edition AS plan ON plan.id = share.plan_edition_id
          WHERE share.parcel_id = %(parcel)s AND plan.state = 'live'
      )
  )
ORDER BY edition.published, dataset.layer, dataset.code
