"""What the database must have before any table: extensions, the VN-2000 zones PostGIS 3.3 lacks, the search function."""

import warnings

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations
from pyproj import CRS

# VN-2000 provincial zones of three degrees: not in spatial_ref_sys of PostGIS 3.3.
MISSING = range(9205, 9219)
# Decision 05/2007/QĐ-BTNMT; rotations in PROJ's position-vector convention, so their signs are turned.
SHIFT = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"

FOLD = """
CREATE OR REPLACE FUNCTION public.city_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, NFKC)));
"""


def add_zones(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for srid in MISSING:
            crs = CRS.from_epsg(srid)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # the datum shift, which to_dict leaves out, is written below
                zone = crs.to_dict()
            proj4 = (
                f"+proj=tmerc +lat_0=0 +lon_0={zone['lon_0']} +k={zone['k']} +x_0={zone['x_0']:.0f} +y_0=0 "
                f"+ellps=WGS84 +towgs84={SHIFT} +units=m +no_defs +type=crs"
            )
            cursor.execute(
                "INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text)"
                " VALUES (%s, 'EPSG', %s, %s, %s) ON CONFLICT (srid) DO NOTHING",
                [srid, srid, crs.to_wkt("WKT1_GDAL"), proj4],
            )


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS postgis", migrations.RunSQL.noop),
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION IF EXISTS public.city_fold(text)"),
        migrations.RunPython(add_zones, migrations.RunPython.noop),
    ]
