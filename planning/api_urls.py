"""Addresses of the API."""

from django.urls import path

from planning import api, price_api

urlpatterns = [
    path("parcels", api.ParcelsView.as_view(), name="api-parcels"),
    path("parcels/<str:code>/price", price_api.ParcelPriceView.as_view(), name="api-parcel-price"),
    path("parcels/<str:code>", api.ParcelView.as_view(), name="api-parcel"),
    path("extract", api.ExtractView.as_view(), name="api-extract"),
    path("plans", api.PlansView.as_view(), name="api-plans"),
    path("plans/<str:code>", api.PlanView.as_view(), name="api-plan"),
    path("zones/<str:code>", api.ZoneView.as_view(), name="api-zone"),
    path("streets", api.StreetsView.as_view(), name="api-streets"),
    path("streets/<slug:slug>", api.StreetView.as_view(), name="api-street"),
]
