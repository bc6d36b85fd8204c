
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('parcels', 'parcel'), ('wards', 'ward'), ('plans', 'plan')], max_length=10)),
                ('code', models.CharField(max_length=120)),
                ('title', models.CharField(max_length=250)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=2)),
                ('created', models.DateTimeField()),
                ('confirmed', models.DateTimeField(null=True)),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(models.F('kind'), models.F('code'), django.db.models.functions.text.Lower('email'), name='follow_once')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('confirm', 'asks to confirm'), ('known', 'says that it is followed already'), ('changed', 'tells what changed')], max_length=10)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('created', models.DateTimeField()),
                ('sent', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('follow', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='follow.follow')),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(models.F('created'), condition=models.Q(('sent', None)), name='letter_unsent')],
            },
        ),
    ]
