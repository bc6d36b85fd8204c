"""Addresses of the pages."""

from django.urls import include, path

from tourism.days_out.views import days_out, days_out_gpx, days_out_ics, days_out_qr
from tourism.figures_views import figures, figures_feed, quality
from tourism.history.views import place_history
from tourism.keeping import end_notice, place_hours
from tourism.matching import views as matching
from tourism.photos.views import change_photo, place_photos
from tourism.verifying import verify, withdraw
from tourism.views import emergency, place_list, place_map, place_page, place_qr, standing_notices

urlpatterns = [
    path("figures/tourism", figures, name="figures"),
    path("figures/tourism.json", figures_feed, name="figures-feed"),
    path("places/notices", standing_notices, name="places-notices"),
    path("places/quality", quality, name="places-quality"),
    path("places/verified", verify, name="places-verified"),
    path("places/verified/withdrawn", withdraw, name="places-verified-withdrawn"),
    path("days-out/", days_out, name="days-out"),
    path("days-out.gpx", days_out_gpx, name="days-out-gpx"),
    path("days-out.ics", days_out_ics, name="days-out-ics"),
    path("days-out.svg", days_out_qr, name="days-out-qr"),
    path("emergency", emergency, name="emergency"),
    path("places/", place_list, name="places"),
    path("places/map", place_map, name="places-map"),
    path("", include("tourism.contacts.urls")),
    path("places/<slug:code>", place_page, name="place"),
    path("", include("tourism.events.urls")),
    path("places/<slug:code>/qr.svg", place_qr, name="place_qr"),
    path("places/<slug:code>/history", place_history, name="place_history"),
    path("", include("tourism.corrections.urls")),
    path("places/<slug:code>/hours", place_hours, name="place_hours"),
    path("places/<slug:code>/hours/<int:notice>/end", end_notice, name="end_notice"),
    path("places/<slug:code>/photos", place_photos, name="place_photos"),
    path("places/<slug:code>/photos/<int:photo>", change_photo, name="change_photo"),
    path("workbench/matches/", matching.review, name="matches"),
    path("workbench/matches/<int:pk>", matching.decide, name="match"),
    path("workbench/matches/proposals", matching.proposals, name="match_proposals"),
    path("workbench/matches/openstreetmap.geojson", matching.for_mappers, name="match_for_mappers"),
]
