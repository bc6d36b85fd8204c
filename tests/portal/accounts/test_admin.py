"""Who keeps the staff cannot give oneself rights."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    user = User.objects.create_user("keeper", password="a long enough one", is_staff=True)
    user.groups.add(Group.objects.get(name="Administrator"))
    client.force_login(user)
    return user


def change(client: Client, user: User, **more: str) -> None:
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    client.post(reverse("admin:accounts_user_change", args=[user.pk]), {"username": user.username, **joined, **more})
    user.refresh_from_db()


def test_an_administrator_does_not_become_superuser(client: Client, administrator: User) -> None:
    planner = Group.objects.get(name="Planner")
    change(client, administrator, is_superuser="on", is_active="on", is_staff="on", groups=str(planner.pk))
    assert not administrator.is_superuser
    assert planner not in administrator.groups.all()


def test_an_administrator_gives_roles_to_others(client: Client, administrator: User) -> None:
    other = User.objects.create_user("other", password="a long enough one")
    planner = Group.objects.get(name="Planner")
    change(client, other, is_superuser="on", is_active="on", groups=str(planner.pk))
    assert list(other.groups.all()) == [planner]
    assert not other.is_superuser


def test_an_administrator_cannot_touch_a_superuser(client: Client, administrator: User) -> None:
    root = User.objects.create_superuser("root", password="a long enough one")
    change(client, root, first_name="taken", is_active="on")
    assert root.first_name == ""
    assert root.is_superuser
