from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "tourism.corrections"
    label = "corrections"
