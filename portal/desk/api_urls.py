"""Addresses of the desk's API."""

from django.urls import path

from portal.desk import api

urlpatterns = [
    path("reports", api.ReportList.as_view()),
    path("reports/<str:code>", api.ReportDetail.as_view()),
]
