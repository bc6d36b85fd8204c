"""Addresses of changes."""

from django.urls import path

from portal.changes import views

urlpatterns = [
    path("changes", views.changes, name="changes"),
    path("changes.atom", views.atom, name="changes-atom"),
    path("changes.json", views.json_feed, name="changes-json"),
]
