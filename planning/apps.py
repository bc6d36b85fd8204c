from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"

    def ready(self) -> None:
        """Register the checks."""
        from planning import checks  # noqa: F401
