from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from tiles.signals import grown


class TourismConfig(AppConfig):
    name = "tourism"

    def ready(self) -> None:
        from portal.calendar import signals
        from tourism import changes, tasks

        grown.connect(changes.record)
        signals.changed.connect(tasks.hear_of_days)
        post_migrate.connect(_catch_up, sender=self)


def _catch_up(sender: AppConfig, **kwargs: Any) -> None:
    """Do for places published before what their publication would do today, and see to it that it goes on."""
    from tourism import sql, tasks

    tasks.cover([])
    sql.record_changes()
