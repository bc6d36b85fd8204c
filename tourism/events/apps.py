from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "tourism.events"
    label = "events"
