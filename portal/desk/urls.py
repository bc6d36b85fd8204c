"""Addresses of the desk's pages."""

from django.urls import path

from portal.desk import agents, views

urlpatterns = [
    path("report/", views.report, name="report"),
    path("reports/", views.find, name="find_report"),
    path("reports/<str:code>", views.tracking, name="tracking"),
    path("photos/<str:token>.jpg", views.photo, name="photo"),
    path("desk/", agents.queue, name="desk"),
    path("desk/<str:code>/", agents.case, name="case"),
    path("desk/<str:code>/move", agents.move, name="case_move"),
    path("desk/<str:code>/note", agents.note, name="case_note"),
    path("desk/<str:code>/assign", agents.assign, name="case_assign"),
    path("desk/<str:code>/moderate", agents.moderate, name="case_moderate"),
    path("desk/<str:code>/reporter", agents.reporter, name="case_reporter"),
]
