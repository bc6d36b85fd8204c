"""People of the city's staff; visitors and residents need no account."""

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of staff; what they may do are groups and permissions, data not code."""

    class Meta(AbstractUser.Meta):
        permissions = [
            ("receive_delivery", _("Can receive deliveries and check editions")),
            ("approve_edition", _("Can approve editions another person staged")),
            ("publish_edition", _("Can publish and roll back editions")),
        ]
