"""Addresses of the pages and calendars."""

from django.urls import path

from tourism.events import views

urlpatterns = [
    path("events/", views.event_list, name="events"),
    path("events.ics", views.calendar, name="events-calendar"),
    path("events/<slug:code>.ics", views.event_calendar, name="event-calendar"),
    path("events/<slug:code>", views.event_page, name="event"),
]
