-- The live editions an answer may rest on that no row of it names: units, projects, and those that hold rules of prices.
SELECT dataset.layer, dataset.code AS dataset, edition.id AS edition, edition.published
FROM tiles_edition AS edition
JOIN tiles_dataset AS dataset ON dataset.id = edition.dataset_id
WHERE edition.state = 'live'
  AND (
      dataset.layer IN ('wards', 'projects')
      OR EXISTS (SELECT FROM planning_pricerule AS rule WHERE rule.edition_id = edition.id)
  )
ORDER BY dataset.layer, dataset.code
