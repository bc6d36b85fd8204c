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
        post_migrate.connect(_tidy_nightly, sender=self)


def _tidy_nightly(sender: AppConfig, **kwargs: Any) -> None:
    """See to it that what nobody confirmed is forgotten, also where nobody follows anything new."""
    from django.utils import timezone

    from portal.follow import tidying

    tidying.keep_tidying(now=timezone.now())
