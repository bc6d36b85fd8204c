"""People of the city's staff; visitors and residents need no account."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of staff; what they may do are groups and permissions, data not code."""

    class Meta(AbstractUser.Meta):
        permissions = [
            ("receive_delivery", _("Can receive deliveries and check editions")),
            ("approve_edition", _("Can approve editions another person staged")),
            ("publish_edition", _("Can publish and roll back editions")),
        ]


class GivenRight(models.Model):
    """A right a role was given by the portal, once: what an administrator took away since is not given again."""

    role = models.CharField(max_length=150)
    # As in "tourism.change_place".
    right = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["role", "right"], name="right_given_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.right}"
