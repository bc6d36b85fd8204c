"""Addresses of the API of changes."""

from django.urls import path

from portal.changes import api

urlpatterns = [path("changes", api.ChangesView.as_view(), name="api-changes")]
