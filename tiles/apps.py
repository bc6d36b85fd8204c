from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TilesConfig(AppConfig):
    name = "tiles"

    def ready(self) -> None:
        from tiles import checks  # noqa: F401

        # As the admin does: every installed app may declare layers in its `layers` module.
        autodiscover_modules("layers")
