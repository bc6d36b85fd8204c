"""Names as long as OpenStreetMap's; a column another one is generated from changes only without it."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

import tourism.models.places


class Migration(migrations.Migration):
    dependencies = [("tourism", "0020_index_of_kinds")]

    operations = [
        migrations.RemoveIndex(model_name="place", name="place_live_name"),
        migrations.RemoveField(model_name="place", name="name_fold"),
        migrations.AlterField(model_name="place", name="name", field=models.CharField(max_length=255)),
        migrations.AlterField(
            model_name="place",
            name="name_en",
            field=models.CharField(db_default=models.Value(""), max_length=255),
        ),
        migrations.AddField(
            model_name="place",
            name="name_fold",
            field=models.GeneratedField(
                db_persist=True,
                expression=tourism.models.places.Folded(
                    django.db.models.functions.text.Concat("name", models.Value(" "), "name_en")
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="place",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("name_fold"), name="gin_trgm_ops"),
                condition=models.Q(("live", True)),
                name="place_live_name",
            ),
        ),
    ]
