"""Addresses of the API."""

from django.urls import include, path

from tourism import ahead, api
from tourism.contacts.api import ContactCheck
from tourism.days_out.api import DaysOut
from tourism.history.api import PlaceHistory

urlpatterns = [
    path("days-out", DaysOut.as_view(), name="api-days-out"),
    path("opening-hours", ahead.OpeningHours.as_view(), name="api-opening-hours"),
    path("places", api.PlaceList.as_view(), name="api-places"),
    path("places.csv", api.PlaceTable.as_view(), name="api-places-table"),
    path("places/check", ContactCheck.as_view(), name="api-check"),
    path("places/<slug:code>", api.PlaceDetail.as_view(), name="api-place"),
    path("places/<slug:code>/history", PlaceHistory.as_view(), name="api-place-history"),
    path("", include("tourism.events.api_urls")),
]
