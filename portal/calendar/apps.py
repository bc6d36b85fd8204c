from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CalendarConfig(AppConfig):
    name = "portal.calendar"
    label = "calendar"

    def ready(self) -> None:
        post_migrate.connect(_fill, sender=self)


def _fill(sender: AppConfig, **kwargs: Any) -> None:
    """Fill the years around now, and see to it that it goes on every night."""
    from portal.calendar import tasks

    tasks.fill_now()
