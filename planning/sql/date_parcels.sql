-- What a split, merger or new number made stands from its day on: the lineage of the same delivery says so.
UPDATE planning_parcel AS parcel SET in_force_from = step.changed
FROM (
    SELECT successor, max(changed) AS changed
    FROM planning_parcellineage WHERE edition_id = %(edition)s GROUP BY successor
) AS step
WHERE parcel.edition_id = %(edition)s AND parcel.code = step.successor
