-- One that is no more answers for the days it stood; one of today for every day, since what stood before is told there.
SELECT id FROM planning_parcel WHERE live AND code = %(code)s AND (in_force_until IS NULL OR in_force_until >= %(on)s)
