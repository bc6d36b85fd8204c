"""Coordinate systems: three libraries agree, and the place of points tells the system."""

import re

import numpy as np
import pytest
import shapely
from django.contrib.gis.geos import Point
from django.db import connection

from tiles import geometry
from tiles.geometry import System

PAIRS = [(4326, 5899), (5899, 3857), (3405, 5899), (3406, 5899), (9218, 5899)]


def scattered(count: int) -> np.ndarray:
    """Points of the city region in EPSG:5899, the same each time."""
    west, south, east, north = geometry.CITY_REGION
    return np.random.default_rng(7).uniform((west, south), (east, north), (count, 2))


@pytest.mark.django_db
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_pyproj_django_and_postgis_agree_on_fifty_points(source: int, target: int) -> None:
    given = geometry.reproject_coordinates(scattered(50), System(5899), source)
    ours = geometry.reproject_coordinates(given, System(source), target)
    django = [Point(*point, srid=source).transform(target, clone=True).coords for point in given]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_X(p), ST_Y(p) FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS c(x, y, n),"
            " LATERAL ST_Transform(ST_SetSRID(ST_MakePoint(x, y), %s), %s) AS p ORDER BY n",
            [given[:, 0].tolist(), given[:, 1].tolist(), source, target],
        )
        postgis = cursor.fetchall()
    assert np.abs(ours - np.array(django)).max() < 1e-6
    assert np.abs(ours - np.array(postgis)).max() < 1e-6


def test_the_legal_datum_shift_is_applied() -> None:
    [[east, north]] = geometry.reproject_coordinates(np.array([[108.4419, 11.9404]]), System(4326), 5899)
    assert (east, north) == pytest.approx((575_165.379, 1_320_566.809), abs=0.001)


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("srid", geometry.CANDIDATE_SRIDS)
def test_points_of_the_city_are_recognised_in_every_system(srid: int, swapped: bool) -> None:
    centre = 575_165 + 3_000 * (np.random.default_rng(1).random((40, 2)) - 0.5)
    centre[:, 1] += 1_320_566 - 575_165
    given = geometry.reproject_coordinates(centre, System(5899), srid)
    if swapped:
        given = given[:, ::-1]
    best = geometry.candidates(given)[0]
    assert (best.system, best.share) == (System(srid, swapped), 1.0)


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("EPSG:5899", System(5899)),
        (" epsg:3406 ", System(3406)),
        ("4326", System(4326)),
        ("EPSG:5899+swapped", System(5899, swapped=True)),
    ],
)
def test_a_system_is_read_and_written(text: str, system: System) -> None:
    assert geometry.parse_system(text) == system
    assert geometry.parse_system(str(system)) == system


@pytest.mark.parametrize("text", ["", "EPSG:", "EPSG:99999", "WGS 84", "5899+north", "/etc/passwd", "٥٨٩٩"])
def test_what_is_no_system_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        geometry.parse_system(text)


def test_a_label_of_a_shapefile_is_identified() -> None:
    label = (
        'PROJCS["VN_2000_TM-3_107-45",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,'
        '298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
        'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",107.75],'
        'PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
    )
    assert geometry.identify(label) == 5899
    assert geometry.identify("nonsense") is None


def test_a_repair_keeps_area_and_drops_what_is_left_of_other_kinds() -> None:
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)])
    spike = shapely.Polygon([(0, 0), (4, 0), (4, 4), (4, 0), (0, 0)])
    repaired = geometry.repair(np.array([bow_tie, spike]), "polygon")
    assert repaired[0].area == pytest.approx(2)
    assert shapely.is_valid(repaired).all()
    assert repaired[1].is_empty
    assert repaired[1].geom_type == "Polygon"
