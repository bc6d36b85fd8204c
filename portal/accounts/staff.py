"""The demonstration staff: one person a role, with passwords nobody knows before."""

import secrets
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts.models import User
from portal.desk.models import Agency


@dataclass(frozen=True)
class Person:
    """A member of the demonstration staff; `agencies` are codes."""

    username: str
    role: str
    agencies: tuple[str, ...] = ()
    admin_site: bool = False


STAFF: Final = (
    Person("planner", "Planner"),
    Person("reviewer", "Reviewer"),
    Person("admin", "Administrator", admin_site=True),
    Person("steward", "Steward", admin_site=True),
    Person("agent-urban", "Agent", ("urban-order", "construction")),
    Person("agent-tourism", "Agent", ("tourism",)),
    Person("chief", "Chief", ("reception",)),
)


@transaction.atomic
def make_staff() -> dict[str, str]:
    """Create who is missing; return user name and password of those, to be shown once."""
    made: dict[str, str] = {}
    for person in STAFF:
        if User.objects.filter(username=person.username).exists():
            continue
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(person.username, password=password, is_staff=person.admin_site)
        user.groups.add(Group.objects.get(name=person.role))
        user.agencies.add(*Agency.objects.filter(code__in=person.agencies))
        made[person.username] = password
    return made
