"""What a visitor may want, and what is kept about it. Django looks for the models of an app here only."""

from tourism.days_out.models import ReadyRoute, RouteStop
from tourism.models.categories import Category
from tourism.models.hours import HOURS_FIELDS, HOURS_KINDS, INSIDE, MAIN, HoursNotice, OpenSpan, Schedule
from tourism.models.matches import Match
from tourism.models.places import Folded, Place, PlaceChange, PlaceText, languages
from tourism.models.verifications import Verification
from tourism.models.visits import Visits
from tourism.photos.models import Photo

__all__ = [
    "HOURS_FIELDS",
    "HOURS_KINDS",
    "INSIDE",
    "MAIN",
    "Category",
    "Folded",
    "HoursNotice",
    "Match",
    "OpenSpan",
    "Photo",
    "Place",
    "PlaceChange",
    "PlaceText",
    "ReadyRoute",
    "RouteStop",
    "Schedule",
    "Verification",
    "Visits",
    "languages",
]
