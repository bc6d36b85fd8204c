"""What the tourist office says of a place's hours over the register. These functions are the only writers of notices.

Each is one transaction: the hours of the place are worked out anew and the layer's revision grows with it. A notice is
never changed or deleted: it is ended, and another made.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from portal.calendar import CITY_ZONE
from tiles import revisions
from tourism import hours, schedules
from tourism.models import MAIN, HoursNotice, Place

if TYPE_CHECKING:
    from portal.accounts.models import User


class NotAllowedError(Exception):
    """The notice is refused; the message says why and what to do."""


def close(
    place: Place,
    *,
    first: date,
    last: date | None,
    reason_vi: str,
    reason_en: str = "",
    by: User,
    now: datetime,
) -> HoursNotice:
    """Close a place from a day to a day, both included; no last day: until further notice."""
    notice = HoursNotice(first=first, last=last, reason_vi=reason_vi, reason_en=reason_en)
    return _make(notice, place, by=by, now=now)


def correct(
    place: Place,
    *,
    kind: str = MAIN,
    text: str,
    first: date,
    last: date | None,
    reason_vi: str,
    reason_en: str = "",
    by: User,
    now: datetime,
) -> HoursNotice:
    """Let other hours hold from a day to a day, whatever is delivered; raises NotAllowedError for unreadable text."""
    if not hours.is_readable(text):
        raise NotAllowedError(_("These hours cannot be read, so they are not saved. Correct them and preview again."))
    if kind not in place.schedules:
        raise NotAllowedError(_("The register has no such hours of this place. Choose others."))
    notice = HoursNotice(
        kind=kind,
        text=text,
        instead_of=place.schedules[kind],
        first=first,
        last=last,
        reason_vi=reason_vi,
        reason_en=reason_en,
    )
    return _make(notice, place, by=by, now=now)


@transaction.atomic
def end(notice: HoursNotice, *, by: User, now: datetime) -> HoursNotice:
    """Let a notice hold no longer; raises NotAllowedError when it was ended before."""
    notice = HoursNotice.objects.select_for_update().get(pk=notice.pk)
    if notice.ended:
        raise NotAllowedError(_("This notice was ended before. Reload the page to see what holds now."))
    notice.ended, notice.ended_by = now, by
    notice.save(update_fields=["ended", "ended_by"])
    _work_out(notice.place, by=by, now=now)
    return notice


@transaction.atomic
def _make(notice: HoursNotice, place: Place, *, by: User, now: datetime) -> HoursNotice:
    if notice.last and notice.last < notice.first:
        raise NotAllowedError(_("The last day is before the first. Correct one of them."))
    notice.place, notice.by, notice.made = place.code, by, now
    notice.save(force_insert=True)
    _work_out(place.code, by=by, now=now)
    return notice


def _work_out(code: str, *, by: User, now: datetime) -> None:
    schedules.work_out_anew(on=now.astimezone(CITY_ZONE).date(), place=code)
    revisions.grow("places", by=by, reason=f"{code} hours", now=now)
