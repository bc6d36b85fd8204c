from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FollowConfig(AppConfig):
    name = "portal.follow"
    label = "follow"

    def ready(self) -> None:
        from portal.follow import tasks
        from tiles import signals

        signals.grown.connect(tasks.listen)
        post_migrate.connect(_keep_nights, sender=self)


def _keep_nights(sender: AppConfig, **kwargs: Any) -> None:
    """See to it that dates of the law are told, and that what nobody confirmed is forgotten."""
    from django.utils import timezone

    from portal.follow import tasks, tidying

    now = timezone.now()
    tasks.keep_telling(now=now)
    tidying.keep_tidying(now=now)
