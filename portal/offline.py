"""What lets the portal be installed and read without a line: the manifest, the service worker and its own page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tourism.emergency import KINDS
from tourism.facts import categories
from tourism.models import Category

_STATIC = Path(settings.BASE_DIR) / "portal" / "static"
# What the kept pages need to be read …
_PAPER = (
    "portal/*.css", "portal/favicon.svg", "portal/icons/*.png", "portal/js/*.js",
    "vendor/be-vietnam-pro/*-vietnamese-[46]00-*.woff2", "vendor/be-vietnam-pro/*-latin-[46]00-*.woff2",
)  # fmt: skip
# … and what the map needs besides: larger, kept after the page is done.
_MAP = (
    "vendor/maplibre-gl/*.css", "vendor/maplibre-gl/*.mjs", "vendor/maki/circle.svg", "vendor/maki/marker.svg",
    "vendor/be-vietnam-pro/*-vietnamese-500-*.woff2", "vendor/be-vietnam-pro/*-latin-500-*.woff2",
    *(f"vendor/maki/{row['icon']}.svg" for row in categories()),
)  # fmt: skip


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Say what works without a line and what does not; the browser adds what it keeps."""
    return render(request, "offline.html", {"groups": Category.tree((get_language() or "vi")[:2])})


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the portal as an application to install, in the language of the address."""
    sizes = (("icon-192", "192x192", "any"), ("icon-512", "512x512", "any"), ("maskable-512", "512x512", "maskable"))
    icons = [
        {"src": static(f"portal/icons/{name}.png"), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in sizes
    ]
    icons.append({"src": static("portal/favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"})
    body = {
        "id": "/",
        "lang": get_language(),
        "name": _("Đà Lạt – Planning portal"),
        "short_name": "Đà Lạt",
        "description": _("Zoning, land prices, places and reports of Đà Lạt on one map."),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": "#ffffff",
        "background_color": "#f4f6f5",
        "icons": icons,
        "shortcuts": [
            {"name": _("Emergency"), "url": reverse("emergency")},
            {"name": _("Without a connection"), "url": reverse("offline")},
        ],
    }
    response = JsonResponse(body, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Answer the worker of the whole site; it differs as soon as one file it keeps does."""
    response = HttpResponse(_worker(), content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _worker() -> str:
    """Return the worker: what to keep, and the scripts that do it."""
    scripts = [static("vendor/workbox/workbox.js"), static("portal/service-worker.js")]
    kept: dict[str, object] = {
        "pages": list(_pages()),
        "answers": ["/api/v1/opening-hours", *_urgent_places()],
        "paper": _files(_PAPER),
        "map": _files(_MAP),
    }
    kept["version"] = sha256(json.dumps([scripts, kept]).encode()).hexdigest()[:12]
    return f"self.KEPT = {json.dumps(kept)};\nimportScripts({', '.join(map(json.dumps, scripts))});\n"


def _files(patterns: Iterable[str]) -> list[str]:
    found = {path.relative_to(_STATIC).as_posix() for pattern in patterns for path in _STATIC.glob(pattern)}
    return [static(name) for name in sorted(found)]


def _pages() -> Iterable[str]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield from map(reverse, ("emergency", "offline", "home"))


def _urgent_places() -> Iterable[str]:
    for language, _name in settings.LANGUAGES:
        yield f"/api/v1/places?category={','.join(KINDS)}&limit=500&lang={language}"
