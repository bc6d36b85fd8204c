"""Rules for publishing places: what is odd is said, nothing is dropped."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tiles.ingest import issues
from tiles.models import Edition, Issue
from tourism import hours
from tourism.models import Place

issues.register(
    issues.Kind(
        "hours-unreadable",
        "warning",
        "supplier",
        _(
            "Row %(row)s: the opening hours “%(hours)s” do not follow OpenStreetMap's opening_hours. They are shown "
            "as they are and count as unknown. Write them like Mo-Fr 08:00-17:00; PH off."
        ),
    )
)


def hours_are_readable(edition: Edition) -> Iterator[Issue]:
    """Opening hours a program cannot judge are kept as text and pointed out."""
    for place in Place.objects.of(edition).exclude(opening_hours="").only("row", "opening_hours", "geom"):
        if not hours.is_readable(place.opening_hours):
            yield issues.new(
                edition,
                "hours-unreadable",
                row=place.row,
                values={"hours": place.opening_hours},
                place=place.geom,
            )
