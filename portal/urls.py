"""Every address of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from portal import offline, views
from portal.search.views import search
from tourism.photos.views import place_photo

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    path("health/live", views.live),
    path("health/ready", views.ready),
    path("tiles/", include("tiles.urls")),
    path("api/v1/", include("portal.api_urls")),
    # At the root: a worker rules the addresses below its own.
    path("service-worker.js", offline.service_worker),
    # One address in every language: a picture is fetched and kept once.
    path("photos/places/<slug:token>/<slug:size>.webp", place_photo, name="place_photo"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("search/", search, name="search"),
        path("offline", offline.offline, name="offline"),
        path("manifest.webmanifest", offline.manifest, name="manifest"),
        path("saved", views.saved, name="saved"),
        path("staff/", views.staff, name="staff"),
        path("accounts/", include("portal.accounts.urls")),
        path("", include("portal.calendar.urls")),
        path("", include("planning.urls")),
        path("", include("tourism.urls")),
        path("", include("portal.desk.urls")),
        path("", include("portal.changes.urls")),
        path("", include("portal.follow.urls")),
        prefix_default_language=False,
    ),
]
