-- The group of a place follows from its kind; a supplier who knows only the group names it as the kind.
UPDATE tourism_place AS place
SET "group" = coalesce(category.group_id, category.code)
FROM tourism_category AS category
WHERE place.edition_id = %(edition)s AND category.code = place.category
