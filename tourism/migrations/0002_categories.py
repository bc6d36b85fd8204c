"""The six groups of places and their kinds, as data that staff may correct."""

from django.db import migrations

from tourism.facts import categories


def add(apps, schema_editor):
    Category = apps.get_model("tourism", "Category")
    Category.objects.bulk_create(
        Category(
            code=row["code"],
            group_id=row["group"] or None,
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            schema_type=row["schema_type"],
            icon=row["icon"],
            colour=row["colour"],
            position=position,
        )
        for position, row in enumerate(categories())
    )


class Migration(migrations.Migration):
    dependencies = [("tourism", "0001_initial"), ("tiles", "0001_database")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
