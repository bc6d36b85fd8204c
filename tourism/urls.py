"""Addresses of the pages."""

from django.urls import path

from tourism.views import emergency, place_list, place_map, place_page

urlpatterns = [
    path("emergency", emergency, name="emergency"),
    path("places/", place_list, name="places"),
    path("places/map", place_map, name="places-map"),
    path("places/<slug:code>", place_page, name="place"),
]
