-- Kept shares tell which plans concern a parcel; a live detailed plan in force on a date is the question.
SELECT EXISTS (
    SELECT
    FROM planning_share AS share
    JOIN planning_plan AS plan ON plan.edition_id = share.plan_edition_id
    WHERE share.parcel_id = %(parcel)s
      AND plan.live
      AND plan.level = 'detailed'
      AND (plan.in_force_from IS NULL OR plan.in_force_from <= %(on)s)
      AND (plan.in_force_until IS NULL OR plan.in_force_until >= %(on)s)
) AS concerned
