"""The roles the city starts with. They are groups: an administrator changes them as data."""

from typing import Any, Final

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from portal.accounts.models import GivenRight

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
    """Give every role its rights in an app, each once: also those that came with a later version of the app."""
    label = app_config.label
    wanted = {(role, f"{label}.{name}") for role, rights in ROLES.items() for name in rights.get(label, ())}
    missing = wanted - set(GivenRight.objects.filter(right__startswith=f"{label}.").values_list("role", "right"))
    if not missing:
        return
    # Whichever app is listed first in the settings, the permissions are there.
    create_permissions(app_config, verbosity=0)
    known = {permission.codename: permission for permission in Permission.objects.filter(content_type__app_label=label)}
    for role in sorted({role for role, _right in missing}):
        group, _created = Group.objects.get_or_create(name=role)
        rights = [right for one, right in missing if one == role]
        group.permissions.add(*(known[right.removeprefix(f"{label}.")] for right in rights))
        GivenRight.objects.bulk_create(GivenRight(role=role, right=right) for right in rights)


def seed_all_roles() -> None:
    """Give every role what it was never given, in all apps."""
    for app_config in apps.get_app_configs():
        seed_roles(app_config)
