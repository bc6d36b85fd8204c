"""What the portal runs on is named before the first request."""

import pytest
from django.contrib.gis.gdal import gdal_full_version
from django.contrib.gis.geos import geos_version
from django.db import connection
from django.db.backends.postgresql import psycopg_any

from portal import checks


def test_nothing_is_wrong_with_this_machine() -> None:
    assert checks.libraries() == []


@pytest.mark.django_db
def test_the_driver_is_psycopg2_and_postgis_is_there() -> None:
    assert not psycopg_any.is_psycopg3
    assert type(connection.connection or connection.cursor().connection).__module__.startswith("psycopg2")
    assert checks.postgis(databases=["default"]) == []


def test_gdal_and_geos_come_from_the_wheels() -> None:
    assert tuple(map(int, checks._version(gdal_full_version())[:2])) >= (3, 9)
    assert tuple(map(int, checks._version(geos_version())[:2])) >= (3, 12)


def test_psycopg_3_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psycopg_any, "is_psycopg3", True)
    assert [found.id for found in checks.libraries()] == ["portal.E001"]


@pytest.mark.parametrize("version", [None, "3.2.1", "2.5"])
def test_an_old_or_missing_postgis_is_named(version: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "available_extension", lambda name: version)
    (found,) = checks.postgis(databases=["default"])
    assert found.id == "portal.E004"
    assert found.hint
    assert "apt-get install" in found.hint


@pytest.mark.django_db
def test_every_provincial_zone_of_vn_2000_is_known() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM spatial_ref_sys WHERE srid BETWEEN 9205 AND 9218")
        assert cursor.fetchone() == (14,)
        cursor.execute("SELECT city_fold('Đường Hồ Xuân Hương, ĐÀ LẠT')")
        assert cursor.fetchone() == ("duong ho xuan huong, da lat",)
