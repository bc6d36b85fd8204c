"""The roles the city starts with. They are groups: an administrator changes them as data."""

from typing import Any, Final

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

# Role → app → permissions.
ROLES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "Planner": {"accounts": ("receive_delivery", "publish_edition")},
    "Reviewer": {"accounts": ("approve_edition", "publish_edition")},
    "Administrator": {
        "accounts": ("view_user", "add_user", "change_user"),
        "auth": ("view_group",),
        "calendar": ("view_day", "add_day", "change_day", "view_daychange"),
        "desk": (
            *("view_agency", "add_agency", "change_agency"),
            *("view_field", "add_field", "change_field"),
            *("view_routingrule", "add_routingrule", "change_routingrule", "delete_routingrule"),
        ),
    },
    "Agent": {"desk": ("handle_report", "see_reporter", "moderate_report")},
    "Chief": {"desk": ("handle_report", "see_all_reports", "see_reporter", "moderate_report")},
    "Steward": {
        "tourism": (
            *("view_place", "add_place", "change_place", "review_match"),
            *("view_readyroute", "add_readyroute", "change_readyroute", "delete_readyroute"),
            *("view_routestop", "add_routestop", "change_routestop", "delete_routestop"),
        ),
        "events": ("view_event", "add_event", "change_event"),
        "corrections": ("review_correction",),
        "contacts": ("view_falsecontact", "add_falsecontact", "change_falsecontact", "delete_falsecontact"),
    },
}


def seed_roles(app_config: AppConfig, **kwargs: Any) -> None:
    """After an app's migrations, give every role its rights in that app, unless it has some there already."""
    # Whichever app is listed first in the settings, the permissions are there.
    create_permissions(app_config, verbosity=0)
    for role, rights in ROLES.items():
        if app_config.label not in rights:
            continue
        group, _created = Group.objects.get_or_create(name=role)
        of_app = Permission.objects.filter(content_type__app_label=app_config.label)
        if not group.permissions.filter(pk__in=of_app).exists():
            group.permissions.add(*of_app.filter(codename__in=rights[app_config.label]))
