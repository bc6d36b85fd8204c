"""The cast of corrections: an inn, and Lan, who is a steward."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import User
from tests.tourism.corrections.make import FORM
from tests.tourism.make import make_place
from tourism.models import Place


@pytest.fixture(autouse=True)
def _fresh_hour() -> None:
    cache.clear()


@pytest.fixture
def inn() -> Place:
    fields = {name: text for name, text in FORM.items() if name != "name"}
    return make_place("inn", name="Pine Inn", category="hotel", **fields)


@pytest.fixture
def lan() -> User:
    user = User.objects.create_user("lan", password="a long enough one")
    user.groups.add(Group.objects.get(name="Steward"))
    return user


@pytest.fixture
def steward(lan: User) -> Client:
    client = Client()
    client.force_login(lan)
    return client
