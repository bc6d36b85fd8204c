"""Start-up checks of what the portal runs on; a misconfiguration is named before the first request."""

from collections.abc import Sequence
from typing import Any

from django.contrib.gis.gdal import gdal_full_version
from django.contrib.gis.geos import geos_version
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.db.backends.postgresql import psycopg_any

from tiles.database import available_extension

POSTGIS_AT_LEAST = (3, 3)


@register()
def libraries(**kwargs: Any) -> list[CheckMessage]:
    """psycopg2 is the driver, GDAL and GEOS come from the wheels."""
    found: list[CheckMessage] = []
    if psycopg_any.is_psycopg3:
        found.append(
            Error("Django runs on psycopg 3: a dependency pulled it in.", hint="Uninstall psycopg.", id="portal.E001")
        )
    if tuple(int(part) for part in _version(gdal_full_version())[:2]) < (3, 9):
        found.append(
            Warning("GDAL is older than 3.9 and has no guard against hostile spatial references.", id="portal.W002")
        )
    if tuple(int(part) for part in _version(geos_version())[:2]) < (3, 12):
        found.append(Warning("GEOS is not the one of the shapely wheel.", id="portal.W003"))
    return found


@register(Tags.database)
def postgis(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """PostGIS is new enough."""
    if not databases:
        return []
    version = available_extension("postgis")
    if version is None or tuple(int(part) for part in version.split(".")[:2]) < POSTGIS_AT_LEAST:
        return [
            Error(
                f"The database server offers PostGIS {version or 'not at all'}; 3.3 or newer is needed.",
                hint="Debian: apt-get install postgresql-15-postgis-3",
                id="portal.E004",
            )
        ]
    return []


def _version(full: bytes) -> list[str]:
    digits = "".join(c if c.isdigit() else " " for c in full.decode()).split()
    return [*digits, "0", "0"]
