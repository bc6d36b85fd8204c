SELECT id FROM planning_parcel WHERE live AND code = %(code)s
