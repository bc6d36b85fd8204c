SELECT code FROM tourism_category WHERE code = ANY (%(codes)s::text[])
