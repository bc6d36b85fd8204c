import django.contrib.gis.db.models.fields
import tiles.models
from django.db import migrations, models

# The place an event is at: as published, else as it was published last.
VIEW = """
CREATE VIEW events_eventmark AS
SELECT
    event.id,
    event.code::varchar(120) AS code,
    event.state IN ('published', 'cancelled') AS live,
    here.geom,
    ST_Transform(here.geom, 3857) AS shape,
    event.name_vi AS name,
    event.name_en,
    event.state,
    NULL::date AS in_force_from,
    ((event.last_end - interval '1 microsecond') AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS in_force_until
FROM events_event AS event
LEFT JOIN LATERAL (
    SELECT place.geom
    FROM tiles_edition AS edition
    JOIN tourism_place AS place ON place.edition_id = edition.id AND place.code = event.place
    WHERE event.place <> '' AND edition.state IN ('live', 'retired')
    ORDER BY edition.state = 'live' DESC, edition.id DESC
    LIMIT 1
) AS known ON true
CROSS JOIN LATERAL (
    SELECT coalesce(known.geom, ST_Transform(ST_SetSRID(ST_MakePoint(event.lon, event.lat), 4326), 5899)) AS geom
) AS here
"""


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0001_initial"),
        ("tiles", "0003_revision_datasets"),
        ("tourism", "0013_photos"),
    ]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW events_eventmark"),
        migrations.CreateModel(
            name="EventMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120)),
                ("live", models.BooleanField(default=False)),
                ("geom", django.contrib.gis.db.models.fields.GeometryField(null=True, spatial_index=False, srid=5899)),
                ("shape", models.GeneratedField(db_persist=True, expression=tiles.models.Polygons3857(models.F("geom")), output_field=django.contrib.gis.db.models.fields.GeometryField(null=True, spatial_index=False, srid=3857))),
                ("name", models.CharField(max_length=200)),
                ("name_en", models.CharField(max_length=200)),
                ("state", models.CharField(max_length=10)),
                ("in_force_from", models.DateField(null=True)),
                ("in_force_until", models.DateField(null=True)),
            ],
            options={"managed": False, "default_permissions": ()},
        ),
    ]
