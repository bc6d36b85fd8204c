"""The history of a place, the latest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.utils.translation import gettext as _

from tiles.models import Edition, Revision
from tourism.history.fields import NOTHING, TITLES, FieldChange, Row, compare
from tourism.models import HOURS_FIELDS, Category, HoursNotice, Match, Place, PlaceText, Verification

# Told only when a field differs; a publication of a dataset is mostly about other places.
CHANGES = ("changed", "put-back")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One change. `office` is who says so, `by` the member of the staff who entered it: not for everybody's eyes."""

    moment: datetime
    kind: str
    words: str
    office: str
    by: str
    # Of a publication; of a roll-back that took everything away, none.
    edition: Edition | None = None
    dataset: str = ""
    fields: tuple[FieldChange, ...] = ()
    reason: str = ""
    reason_language: str = ""
    # The place of the other source that a decision is about.
    other: str = ""


def find_history(code: str, *, language: str) -> list[Entry]:
    """Return every change of a place that the public saw, the latest first, in "vi" or "en", the active language."""
    entries = [*_publications(code, language), *_notices(code, language), *_verifications(code), *_matches(code)]
    return sorted(entries, key=lambda entry: entry.moment, reverse=True)


def _publications(code: str, language: str) -> Iterator[Entry]:
    revisions = list(
        Revision.objects.filter(layer="places").exclude(datasets=[]).order_by("number").select_related("by")
    )
    replaced = [(revision, each) for revision in revisions for each in revision.datasets]
    rows = _rows(code, {number for _revision, each in replaced for number in (each["before"], each["after"]) if number})
    known = Edition.objects.select_related("dataset", "delivery").in_bulk(
        {each["after"] for _revision, each in replaced if each["before"] in rows or each["after"] in rows} - {None}
    )
    kinds, listed = Category.objects.in_bulk(), False
    for revision, each in replaced:
        before, after = rows.get(each["before"], NOTHING), rows.get(each["after"], NOTHING)
        kind = _kind(each, before, after, listed=listed)
        fields = tuple(compare(before, after, kinds=kinds, language=language)) if kind in CHANGES else ()
        if kind not in CHANGES or fields:
            edition = known.get(each["after"])
            yield Entry(
                moment=revision.created,
                kind=kind,
                words=_words_of(kind),
                office=edition.delivery.supplier if edition else "",
                by=revision.by.get_username() if revision.by else "",
                edition=edition,
                dataset=_title_of(edition, language) if edition else "",
                fields=fields,
            )
        listed = listed or after.place is not None


def _rows(code: str, editions: set[int]) -> dict[int | None, Row]:
    # By edition and code, which one index holds; by code alone every row of every edition would be read.
    places = {place.edition_id: place for place in Place.objects.filter(edition__in=editions, code=code)}
    # Further languages may come by deliveries of their own.
    texts: dict[int, dict[str, PlaceText]] = {}
    for text in PlaceText.objects.filter(edition__in=editions, place=code):
        texts.setdefault(text.edition_id, {})[text.language] = text
    return {number: Row(places.get(number), texts.get(number, {})) for number in {*places, *texts}}


def _kind(each: dict[str, Any], before: Row, after: Row, *, listed: bool) -> str:
    if bool(before.place) == bool(after.place):
        # Editions are numbered as they arrive.
        return "put-back" if each["before"] and each["after"] and each["after"] < each["before"] else "changed"
    if after.place:
        return "listed-again" if listed else "listed"
    return "removed"


def _words_of(kind: str) -> str:
    return {
        "listed": _("First listed"),
        "listed-again": _("Listed again"),
        "changed": _("Changed"),
        "put-back": _("Put back as an earlier edition had it"),
        "removed": _("No longer listed"),
    }[kind]


def _title_of(edition: Edition, language: str) -> str:
    return (edition.dataset.title_en if language == "en" else "") or edition.dataset.title_vi


def _notices(code: str, language: str) -> Iterator[Entry]:
    for notice in HoursNotice.objects.filter(place=code).select_related("by", "ended_by"):
        yield _notice(notice, language)
        if notice.ended and notice.ended_by:
            yield Entry(
                moment=notice.ended,
                kind="notice-ended",
                words=_("Ended: %(what)s") % {"what": _words_about(notice)},
                office=_("Tourist office"),
                by=notice.ended_by.get_username(),
            )


def _notice(notice: HoursNotice, language: str) -> Entry:
    reason, reason_language = notice.reason_in(language)
    field = HOURS_FIELDS.get(notice.kind, "")
    change = FieldChange(field=field, title=str(TITLES.get(field, "")), before=notice.instead_of, after=notice.text)
    return Entry(
        moment=notice.made,
        kind="closed" if notice.closes else "hours-corrected",
        words=_words_about(notice),
        office=_("Tourist office"),
        by=notice.by.get_username(),
        fields=() if notice.closes else (change,),
        reason=reason,
        reason_language=reason_language,
    )


def _words_about(notice: HoursNotice) -> str:
    values = {"when": _span(notice.first, notice.last)}
    return (_("Closed %(when)s") if notice.closes else _("Other hours %(when)s")) % values


def _span(first: date, last: date | None) -> str:
    if last is None:
        return _("from %(first)s until further notice") % {"first": f"{first:%d/%m/%Y}"}
    return _("from %(first)s to %(last)s") % {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}


def _verifications(code: str) -> Iterator[Entry]:
    for one in Verification.objects.filter(place=code).select_related("by", "withdrawn_by"):
        yield Entry(
            moment=one.made,
            kind="verified",
            words=_("Confirmed to be right") if one.owner else _("Verified by a person"),
            office=_("The owner") if one.owner else _("Tourist office"),
            by=one.by.get_username(),
        )
        if one.withdrawn and one.withdrawn_by:
            yield Entry(
                moment=one.withdrawn,
                kind="verification-withdrawn",
                words=_("Taken back: verified on %(day)s") % {"day": f"{one.day:%d/%m/%Y}"},
                office=_("Tourist office"),
                by=one.withdrawn_by.get_username(),
            )


def _matches(code: str) -> Iterator[Entry]:
    decided = Match.objects.exclude(decided=None).select_related("by")
    for mine, other in (("register", "osm"), ("osm", "register")):
        for match in decided.filter(**{mine: code}):
            yield Entry(
                moment=cast(datetime, match.decided),
                kind={"accepted": "same", "refused": "not-same"}.get(match.state, "undecided"),
                words=_words_of_match(match.state),
                office=_("Tourist office"),
                by=match.by.get_username() if match.by else "",
                other=getattr(match, other),
            )


def _words_of_match(state: str) -> str:
    return {
        Match.State.ACCEPTED: _("Found to be the same as"),
        Match.State.REFUSED: _("Found not to be the same as"),
        Match.State.PROPOSED: _("It is open again whether it is the same as"),
    }[Match.State(state)]
