"""Addresses of the API."""

from django.urls import path

from planning import api, extract_api, price_api, wards_api
from planning.matching.api import MatchView

urlpatterns = [
    path("parcels", api.ParcelsView.as_view(), name="api-parcels"),
    path("parcels/match", MatchView.as_view(), name="api-match"),
    path("parcels/<str:code>/price", price_api.ParcelPriceView.as_view(), name="api-parcel-price"),
    path("parcels/<str:code>", api.ParcelView.as_view(), name="api-parcel"),
    path("extracts/<str:number>", extract_api.FrozenExtractView.as_view(), name="api-frozen-extract"),
    path("schemas/<slug:name>.json", extract_api.SchemaView.as_view(), name="api-json-schema"),
    path("extract", api.ExtractView.as_view(), name="api-extract"),
    path("plans", api.PlansView.as_view(), name="api-plans"),
    path("plans/<str:code>", api.PlanView.as_view(), name="api-plan"),
    path("zones/<str:code>", api.ZoneView.as_view(), name="api-zone"),
    path("wards", wards_api.WardsView.as_view(), name="api-wards"),
    path("wards/<str:code>", wards_api.WardView.as_view(), name="api-ward"),
    path("streets", api.StreetsView.as_view(), name="api-streets"),
    path("streets/<slug:slug>", api.StreetView.as_view(), name="api-street"),
]
