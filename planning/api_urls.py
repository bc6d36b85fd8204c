"""Addresses of the API."""

from django.urls import path

from planning.api import extracts, match, parcels, plans, prices, streets, wards

urlpatterns = [
    path("parcels", parcels.ParcelsView.as_view(), name="api-parcels"),
    path("parcels/match", match.MatchView.as_view(), name="api-match"),
    path("parcels/<str:code>/price", prices.ParcelPriceView.as_view(), name="api-parcel-price"),
    path("parcels/<str:code>", parcels.ParcelView.as_view(), name="api-parcel"),
    path("extracts/<str:number>", extracts.FrozenExtractView.as_view(), name="api-frozen-extract"),
    path("schemas/<slug:name>.json", extracts.SchemaView.as_view(), name="api-json-schema"),
    path("extract", parcels.ExtractView.as_view(), name="api-extract"),
    path("plans", plans.PlansView.as_view(), name="api-plans"),
    path("plans/<str:code>", plans.PlanView.as_view(), name="api-plan"),
    path("zones/<str:code>", plans.ZoneView.as_view(), name="api-zone"),
    path("wards", wards.WardsView.as_view(), name="api-wards"),
    path("wards/<str:code>", wards.WardView.as_view(), name="api-ward"),
    path("streets", streets.StreetsView.as_view(), name="api-streets"),
    path("streets/<slug:slug>", streets.StreetView.as_view(), name="api-street"),
]
