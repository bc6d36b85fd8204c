"""Addresses of following."""

from django.urls import path

from portal.follow import views

urlpatterns = [
    path("follow/", views.follow, name="follow"),
    path("follow/sent", views.sent, name="follow-sent"),
    path("follow/confirm/<str:token>", views.confirm, name="follow-confirm"),
    path("follow/stop/<str:token>", views.stop, name="follow-stop"),
]
