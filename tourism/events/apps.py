from django.apps import AppConfig
from django.db.models.signals import post_migrate

from tiles.signals import grown


class EventsConfig(AppConfig):
    name = "tourism.events"
    label = "events"

    def ready(self) -> None:
        from tourism.events import changes

        grown.connect(changes.follow_places)
        post_migrate.connect(changes.draw_first, sender=self)
