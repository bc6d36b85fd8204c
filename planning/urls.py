"""Addresses of the pages."""

from django.urls import path

from planning import compare, documents_view, extract_pages, views
from planning.matching.pages import match_page

urlpatterns = [
    path("parcels/match", match_page, name="parcel-match"),
    path("parcels/<str:code>.json", views.parcel_json, name="parcel-json"),
    path("parcels/<str:code>.geojson", views.parcel_geojson, name="parcel-geojson"),
    path("parcels/<str:code>.pdf", extract_pages.parcel_pdf, name="parcel-pdf"),
    path("parcels/<str:code>.svg", extract_pages.parcel_qr, name="parcel-qr"),
    path("verify/", extract_pages.verify_form, name="verify-form"),
    path("verify/<str:number>", extract_pages.verify_page, name="verify"),
    path("parcels/<str:code>", views.parcel, name="parcel"),
    path("compare/", compare.compare_dates, name="compare-dates"),
    path("plans/", views.plans, name="plans"),
    path("plans/<str:code>", views.plan, name="plan"),
    path("plans/<str:code>/documents/<str:name>", documents_view.document, name="plan-document"),
    path("zones/<str:code>", views.zone, name="zone"),
    path("streets/", views.streets, name="streets"),
    path("streets/<str:address>", views.street, name="street"),
]
