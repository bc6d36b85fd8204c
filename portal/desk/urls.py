"""Addresses of the desk's pages."""

from django.urls import path

from portal.desk import agents, views

urlpatterns = [
    path("report/", views.report, name="report"),
    path("reports/", views.find, name="find_report"),
    path("reports/<str:code>", views.tracking, name="tracking"),
    path("photos/<slug:token>.jpg", views.photo, name="photo"),
    path("desk/", agents.queue, name="desk"),
    path("desk/<slug:code>/", agents.case, name="case"),
    path("desk/<slug:code>/move", agents.move, name="case_move"),
    path("desk/<slug:code>/note", agents.note, name="case_note"),
    path("desk/<slug:code>/assign", agents.assign, name="case_assign"),
    path("desk/<slug:code>/moderate", agents.moderate, name="case_moderate"),
    path("desk/<slug:code>/reporter", agents.reporter, name="case_reporter"),
]
