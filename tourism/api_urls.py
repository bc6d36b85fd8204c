"""Addresses of the API."""

from django.urls import include, path

from tourism import api
from tourism.days_out.api import DaysOut

urlpatterns = [
    path("days-out", DaysOut.as_view(), name="api-days-out"),
    path("places", api.PlaceList.as_view(), name="api-places"),
    path("places.csv", api.PlaceTable.as_view(), name="api-places-table"),
    path("places/<slug:code>", api.PlaceDetail.as_view(), name="api-place"),
    path("", include("tourism.events.api_urls")),
]
