"""Addresses of the pages."""

from django.urls import path

from planning import price_views, views

urlpatterns = [
    path("parcels/<str:code>.json", views.parcel_json, name="parcel-json"),
    path("parcels/<str:code>.geojson", views.parcel_geojson, name="parcel-geojson"),
    path("parcels/<str:code>", views.parcel, name="parcel"),
    path("plans/", views.plans, name="plans"),
    path("plans/<str:code>", views.plan, name="plan"),
    path("zones/<str:code>", views.zone, name="zone"),
    path("prices/", price_views.prices, name="prices"),
    path("streets/", views.streets, name="streets"),
    path("streets/<str:address>", views.street, name="street"),
]
