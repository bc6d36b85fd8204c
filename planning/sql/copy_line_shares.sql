COPY planning_lineshare (parcel_id, plan_edition_id, kind, line_ids, area_m2) FROM STDIN
