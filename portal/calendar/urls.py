"""Addresses of the calendar's pages."""

from django.urls import path

from portal.calendar import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<str:day>", views.calendar_day, name="calendar_day"),
]
