-- Follows a code that is no more through every split, merger and new number to the parcels that are there now.
-- UNION, not UNION ALL: a circle in the data ends by itself.
WITH RECURSIVE step AS (
    SELECT lineage.predecessor, lineage.successor, lineage.kind, lineage.changed, lineage.document
    FROM planning_parcellineage AS lineage
    WHERE lineage.live AND lineage.predecessor = %(code)s
    UNION
    SELECT lineage.predecessor, lineage.successor, lineage.kind, lineage.changed, lineage.document
    FROM step
    JOIN planning_parcellineage AS lineage ON lineage.live AND lineage.predecessor = step.successor
)
SELECT step.predecessor, step.successor, step.kind, step.changed, step.document,
       EXISTS (
           SELECT FROM planning_parcel AS parcel
           WHERE parcel.live AND parcel.in_force_until IS NULL AND parcel.code = step.successor
       ) AS there
FROM step
ORDER BY step.changed, step.successor
