from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "tourism.contacts"
    label = "contacts"
