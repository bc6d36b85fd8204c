"""The cast of the tests on events: the tourist office and what it announces."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group

from portal.accounts.models import User
from portal.calendar import CITY_ZONE
from tourism.events import changes
from tourism.events.models import Event


def at(day: int, hour: int = 0, minute: int = 0, *, month: int = 12, year: int = 2026) -> datetime:
    """A moment of December 2026 in the city; the 1st is a Tuesday, the 5th a Saturday."""
    return datetime(year, month, day, hour, minute, tzinfo=CITY_ZONE)


NOW = at(1, 9)


def make_steward() -> User:
    """The person of the tourist office."""
    user, made = User.objects.get_or_create(username="lan", defaults={"is_staff": True})
    if made:
        user.groups.add(Group.objects.get(name="Steward"))
    return user


def make_event(code: str = "concert", *, by: User | None = None, now: datetime = NOW, **fields: Any) -> Event:
    """A published concert on Saturday evening at the museum, or what `fields` make of it, by the one writer."""
    values: dict[str, Any] = {
        "state": "published",
        "name_vi": "Hòa nhạc",
        "name_en": "Concert",
        "starts": at(5, 19),
        "ends": at(5, 21),
        "address": "4 Hùng Vương",
        "lon": 108.4662,
        "lat": 11.9332,
        "source": "Sở Du lịch (minh họa)",
    }
    return changes.save(Event(code=code, **{**values, **fields}), by=by or make_steward(), now=now)
