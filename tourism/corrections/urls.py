"""Addresses of corrections."""

from django.urls import path

from tourism.corrections import review, views

urlpatterns = [
    path("places/<slug:code>/correct", views.correct, name="correct"),
    path("owner/<str:token>", views.correct_as_owner, name="correct_as_owner"),
    path("corrections/<str:code>", views.correction, name="correction"),
    path("workbench/corrections/", review.review, name="corrections"),
    path("workbench/corrections/stage", review.stage, name="corrections_stage"),
    path("workbench/corrections/<int:pk>", review.decide, name="decide_correction"),
    path("places/<slug:code>/owner-links", review.owner_links, name="owner_links"),
    path("places/<slug:code>/owner-links/<int:link>/end", review.end_owner_link, name="end_owner_link"),
]
