"""Addresses of the pages."""

from django.urls import path

from planning import views
from planning.pages import compare, wards

urlpatterns = [
    path("parcels/compare", compare.parcels, name="compare-parcels"),
    path("parcels/<str:code>.json", views.parcel_json, name="parcel-json"),
    path("parcels/<str:code>.geojson", views.parcel_geojson, name="parcel-geojson"),
    path("parcels/<str:code>", views.parcel, name="parcel"),
    path("plans/", views.plans, name="plans"),
    path("plans/<str:code>", views.plan, name="plan"),
    path("wards/<str:code>", wards.ward, name="ward"),
    path("zones/<str:code>", views.zone, name="zone"),
    path("streets/", views.streets, name="streets"),
    path("streets/<str:address>", views.street, name="street"),
]
