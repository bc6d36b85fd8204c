"""What is asked most is found by a statement of its own, which must find what the other questions would."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.calendar import CITY_ZONE
from tests.tourism.make import MARKET, STATION, make_place
from tourism import notices
from tourism.cursors import Cursor
from tourism.listing import PlaceFilter, after, find_page, find_places, listed

pytestmark = pytest.mark.django_db


def questions(now: datetime) -> Iterator[PlaceFilter]:
    """Yield every question after places of a kind near the market."""
    kinds = [("atm",), ("food",), ("utilities",), ("food", "atm", "cafe")]
    for categories, within_m, open_at, unknown in product(kinds, (None, 900.0), (None, now), (False, True)):
        asked = PlaceFilter(near=MARKET, categories=categories, within_m=within_m)
        yield replace(asked, open_at=open_at, unknown_hours=unknown and open_at is not None)


def test_the_quick_way_to_what_is_near_finds_the_same() -> None:
    now = timezone.now().astimezone(CITY_ZONE).replace(hour=12, minute=0)
    lan = User.objects.create_user("lan")
    make_place("bank", STATION, opening_hours="24/7", ticket_hours="08:00-11:00")
    make_place("twin", STATION, opening_hours="24/7")
    make_place("unknown", opening_hours="")
    make_place("undrawn", opening_hours="24/7", geom=None)
    make_place("retired", opening_hours="24/7", live=False)
    make_place("inn", category="hotel", opening_hours="24/7")
    make_place("night", category="cafe", opening_hours="22:00-23:00")
    closed = make_place("closed", category="cafe", opening_hours="24/7")
    longer = make_place("longer", category="restaurant", opening_hours="22:00-23:00")
    notices.close(closed, first=now.date(), last=None, reason_vi="Sửa mái", by=lan, now=now)
    notices.correct(longer, text="24/7", first=now.date(), last=None, reason_vi="Tết", by=lan, now=now)
    seen = set()
    for asked in questions(now):
        whole = listed(after(find_places(asked, now=now), None, order="distance"), order="distance")
        cursors = [None, *(Cursor("distance", one.measure, one.code) for one in whole if one.measure is not None)]
        for cursor, limit in product(cursors, (1, 9)):
            slow = listed(after(find_places(asked, now=now), cursor, order="distance")[:limit], order="distance")
            quick = find_page(asked, cursor, limit=limit, now=now)
            assert [(*one[:3], *one.hours) for one in quick] == [(*one[:3], *one.hours) for one in slow], asked
        seen |= {one.code for one in whole}
    assert seen == {"bank", "twin", "unknown", "undrawn", "night", "closed", "longer"}
