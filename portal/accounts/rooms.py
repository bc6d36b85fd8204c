"""Where staff work: each sees the rooms they have a right to."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User


class Room(NamedTuple):
    """A page of the staff, and the permission that opens it; `is_staff` opens the administration."""

    permission: str
    route: str
    name: str | Promise


ROOMS: Final = (
    Room("desk.handle_report", "desk", _("Service desk")),
    Room("tourism.change_place", "places-quality", _("Register of places: what it lacks, whom to verify")),
    Room("tourism.review_match", "matches", _("Places of both sources")),
    Room("corrections.review_correction", "corrections", _("Proposed corrections of places")),
    Room("calendar.change_day", "calendar", _("Calendar: public holidays, make-up days, closed offices")),
    Room("is_staff", "admin:index", _("Administration")),
)


def rooms_of(user: User) -> list[Room]:
    """Return the rooms a person may enter, in order."""
    return [
        room for room in ROOMS if (user.is_staff if room.permission == "is_staff" else user.has_perm(room.permission))
    ]
