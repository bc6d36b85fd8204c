"""Addresses of official contacts."""

from django.urls import path

from tourism.contacts.views import check_contact, plate

urlpatterns = [
    path("places/check", check_contact, name="check"),
    path("places/<slug:code>/plate", plate, name="plate"),
]
