"""Everything that may happen to a correction or to an owner's link. These functions are their only writers."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.calendar import CITY_ZONE
from tourism import notices
from tourism.corrections.models import Correction, OwnerLink
from tourism.models import HoursNotice, Place
from tourism.notices import NotAllowedError

if TYPE_CHECKING:
    from portal.accounts.models import User

# Nothing that is read wrongly: no I, L, O, U, 0 or 1. Ten of them are 48 bits.
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LINK_DAYS: Final = 365
State = Correction.State


def propose(
    place: Place,
    *,
    values: Mapping[str, str],
    was: Mapping[str, str],
    note: str = "",
    source: str = "",
    owner: OwnerLink | None = None,
    now: datetime,
) -> Correction:
    """Keep what somebody says is wrong; the same said again while it waits is the same correction."""
    said = {"place": place.code, "values": dict(values), "note": note, "source": source, "owner": owner}
    known = Correction.objects.filter(state=State.PROPOSED, **said).first()
    if known:
        return known
    code = "".join(secrets.choice(_LETTERS) for _letter in range(10))
    return Correction.objects.create(code=code, was=dict(was), made=now, **said)


@transaction.atomic
def accept(correction: Correction, *, fields: Collection[str], by: User, now: datetime) -> Correction:
    """Accept some of its fields: hours and a closure hold at once, others wait for the next edition of the register.

    Raises NotAllowedError.
    """
    correction = _waiting(correction)
    taken = [field for field in correction.values if field in fields]
    if correction.values and not taken:
        raise NotAllowedError(_("Tick what holds, or refuse the proposal with a reason."))
    place = Place.objects.published().filter(code=correction.place).first()
    if place is None:
        raise NotAllowedError(_("This place is not published any more. Refuse the proposal and say so."))
    made = _tell_hours(place, correction, taken, by=by, now=now)
    correction = _decide(correction, State.ACCEPTED, fields=taken, by=by, now=now)
    correction.notices.set(made)
    return correction


@transaction.atomic
def refuse(correction: Correction, *, reason: str, by: User, now: datetime) -> Correction:
    """Refuse all of it; the sender reads why. Raises NotAllowedError."""
    if not reason.strip():
        raise NotAllowedError(_("Write why: whoever proposed it reads the reason."))
    return _decide(_waiting(correction), State.REFUSED, reason=reason, by=by, now=now)


@transaction.atomic
def undo(correction: Correction, *, by: User, now: datetime) -> Correction:
    """Take a decision back: it waits again, and the hours it made hold no longer. Raises NotAllowedError."""
    correction = Correction.objects.select_for_update().get(pk=correction.pk)
    if correction.state == State.PROPOSED:
        raise NotAllowedError(_("This proposal waits already. Reload the page."))
    for notice in correction.notices.filter(ended=None):
        notices.end(notice, by=by, now=now)
    correction.notices.clear()
    return _decide(correction, State.PROPOSED, by=by, now=now)


def make_link(place: Place, *, by: User, now: datetime) -> OwnerLink:
    """Make a link for the owner of a place; it expires after a year."""
    expires = now + timedelta(days=LINK_DAYS)
    return OwnerLink.objects.create(place=place.code, made=now, by=by, expires=expires)


@transaction.atomic
def end_link(link: OwnerLink, *, by: User, now: datetime) -> OwnerLink:
    """Let a link open nothing any more; one that was ended before stays as it is."""
    link = OwnerLink.objects.select_for_update().get(pk=link.pk)
    if link.ended is None:
        link.ended, link.ended_by = now, by
        link.save(update_fields=["ended", "ended_by"])
    return link


def _waiting(correction: Correction) -> Correction:
    correction = Correction.objects.select_for_update().get(pk=correction.pk)
    if correction.state != State.PROPOSED:
        raise NotAllowedError(_("Somebody has decided on this proposal already. Reload the page to see it."))
    return correction


def _decide(
    correction: Correction,
    state: Correction.State,
    *,
    fields: list[str] | None = None,
    reason: str = "",
    by: User,
    now: datetime,
) -> Correction:
    correction.state, correction.fields, correction.reason = state, fields or [], reason.strip()
    correction.by, correction.decided = by, now
    correction.save(update_fields=["state", "fields", "reason", "by", "decided"])
    return correction


def _tell_hours(
    place: Place, correction: Correction, taken: Collection[str], *, by: User, now: datetime
) -> list[HoursNotice]:
    first = now.astimezone(CITY_ZONE).date()
    made = []
    if "opening_hours" in taken:
        said = {
            f"reason_{language}": _hours_reason(language, owner=correction.owner_id is not None)
            for language in ("vi", "en")
        }
        made.append(
            notices.correct(
                place, text=correction.values["opening_hours"], first=first, last=None, by=by, now=now, **said
            )
        )
    if "closed" in taken:
        said = {f"reason_{language}": _closed_reason(language) for language in ("vi", "en")}
        made.append(notices.close(place, first=first, last=None, by=by, now=now, **said))
    return made


def _hours_reason(language: str, *, owner: bool) -> str:
    with override(language):
        if owner:
            return _("Told by the owner, confirmed by the tourist office")
        return _("Proposed by a reader, confirmed by the tourist office")


def _closed_reason(language: str) -> str:
    with override(language):
        return _("Closed for good")
