"""Addresses of the pages."""

from django.urls import path

from planning.pages import (
    compare_dates,
    compare_parcels,
    documents,
    extracts,
    match,
    parcel,
    plans,
    prices,
    streets,
    wards,
)

urlpatterns = [
    path("parcels/match", match.match_page, name="parcel-match"),
    path("parcels/compare", compare_parcels.parcels, name="compare-parcels"),
    path("parcels/<str:code>.json", parcel.parcel_json, name="parcel-json"),
    path("parcels/<str:code>.geojson", parcel.parcel_geojson, name="parcel-geojson"),
    path("parcels/<str:code>.pdf", extracts.parcel_pdf, name="parcel-pdf"),
    path("parcels/<str:code>.svg", extracts.parcel_qr, name="parcel-qr"),
    path("verify/", extracts.verify_form, name="verify-form"),
    path("verify/<str:number>", extracts.verify_page, name="verify"),
    path("parcels/<str:code>", parcel.parcel, name="parcel"),
    path("compare/", compare_dates.compare_dates, name="compare-dates"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<str:code>", plans.plan, name="plan"),
    path("plans/<str:code>/documents/<str:name>", documents.document, name="plan-document"),
    path("wards/<str:code>", wards.ward, name="ward"),
    path("zones/<str:code>", plans.zone, name="zone"),
    path("prices/", prices.prices, name="prices"),
    path("streets/", streets.streets, name="streets"),
    path("streets/<str:address>", streets.street, name="street"),
]
