-- A parcel that is no more ends on the day before its split, merger or new number.
SELECT parcel.row, parcel.code, parcel.in_force_until
FROM planning_parcel AS parcel
WHERE parcel.edition_id = %(edition)s
  AND parcel.in_force_until IS NOT NULL
  AND NOT EXISTS (
      SELECT FROM planning_parcellineage AS step
      WHERE step.edition_id = parcel.edition_id
        AND step.predecessor = parcel.code
        AND step.changed = parcel.in_force_until + 1
  )
ORDER BY parcel.row
