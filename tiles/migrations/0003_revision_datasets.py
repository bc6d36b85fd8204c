from django.db import migrations, models


def fill(apps, schema_editor):
    """Say of earlier revisions which editions they published; what these replaced was not kept."""
    Edition = apps.get_model("tiles", "Edition")
    Revision = apps.get_model("tiles", "Revision")
    for revision in Revision.objects.all():
        published = Edition.objects.filter(dataset__layer=revision.layer, published=revision.created).order_by("pk")
        revision.datasets = [
            {"dataset": code, "before": None, "after": pk} for pk, code in published.values_list("pk", "dataset__code")
        ]
        revision.save(update_fields=["datasets"])


class Migration(migrations.Migration):
    dependencies = [
        ("tiles", "0002_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="datasets",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
