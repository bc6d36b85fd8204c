from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        from portal.accounts.roles import seed_roles

        post_migrate.connect(lambda sender, **kwargs: seed_roles(sender), weak=False, dispatch_uid="seed_roles")
