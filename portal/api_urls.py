"""The API, version 1."""

from django.urls import include, path

from portal import api_docs

urlpatterns = [
    path("openapi.json", api_docs.Schema.as_view(), name="openapi"),
    path("docs", api_docs.docs, name="api-docs"),
    path("", include("planning.api_urls")),
    path("", include("tourism.api_urls")),
    path("", include("portal.desk.api_urls")),
    path("", include("portal.search.urls")),
    path("", include("portal.changes.api_urls")),
]
