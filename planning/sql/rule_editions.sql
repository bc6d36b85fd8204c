-- The live editions that hold rules of prices.
SELECT DISTINCT rule.edition_id AS edition, dataset.code AS dataset, edition.published
FROM planning_pricerule AS rule
JOIN tiles_edition AS edition ON edition.id = rule.edition_id
JOIN tiles_dataset AS dataset ON dataset.id = edition.dataset_id
WHERE rule.live
ORDER BY edition
