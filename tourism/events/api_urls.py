"""Addresses of the API."""

from django.urls import path

from tourism.events import api

urlpatterns = [
    path("events", api.EventList.as_view(), name="api-events"),
    path("events/<slug:code>", api.EventDetail.as_view(), name="api-event"),
]
