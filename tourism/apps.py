from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TourismConfig(AppConfig):
    name = "tourism"

    def ready(self) -> None:
        post_migrate.connect(_work_out_hours, sender=self)


def _work_out_hours(sender: AppConfig, **kwargs: Any) -> None:
    """Work out the hours of places published before, and see to it that it goes on every night."""
    from tourism import tasks

    tasks.cover([])
