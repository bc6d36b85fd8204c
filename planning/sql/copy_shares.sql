COPY planning_share (parcel_id, plan_edition_id, area_ids, areas_m2, gap_m2, overlap_m2, slivers_m2) FROM STDIN
