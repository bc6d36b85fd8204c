-- A step must lead away from a number that is gone, to one that is there or that leads on.
SELECT step.row, step.predecessor, step.successor,
       predecessor.code IS NOT NULL AS still_there
FROM planning_parcellineage AS step
LEFT JOIN planning_parcel AS predecessor
  ON predecessor.edition_id = step.edition_id AND predecessor.code = step.predecessor
 AND predecessor.in_force_until IS NULL
WHERE step.edition_id = %(edition)s
  AND (
      predecessor.code IS NOT NULL
      OR NOT EXISTS (
          SELECT FROM planning_parcel AS parcel
          WHERE parcel.edition_id = step.edition_id AND parcel.code = step.successor
      )
      AND NOT EXISTS (
          SELECT FROM planning_parcellineage AS next
          WHERE next.edition_id = step.edition_id AND next.predecessor = step.successor
      )
  )
ORDER BY step.row
