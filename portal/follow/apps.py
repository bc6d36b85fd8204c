from django.apps import AppConfig


class FollowConfig(AppConfig):
    name = "portal.follow"
    label = "follow"

    def ready(self) -> None:
        from portal.follow import tasks
        from tiles import signals

        signals.grown.connect(tasks.listen)
