"""What a page says of a place, in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from tourism import hours, schedules
from tourism.models import HOURS_KINDS, Category, HoursNotice, Place
from tourism.photos.shown import ShownPhoto, find_shown
from tourism.prospects import Prospect


@dataclass(frozen=True, kw_only=True)
class Told:
    """A notice on hours with its reason in the reader's language, or in the one there is."""

    notice: HoursNotice
    reason: str
    reason_language: str

    @property
    def days(self) -> str:
        """The days it is about: “05/12/2026”, “02/12/2026–20/12/2026” or “from 02/12/2026 on”."""
        first, last = self.notice.first, self.notice.last
        if last is None:
            return _("from %(day)s on") % {"day": f"{first:%d/%m/%Y}"}
        return f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y}–{last:%d/%m/%Y}"


@dataclass(frozen=True, kw_only=True)
class HoursLine:
    """Hours of one kind: the text that holds today, what the place is now, and the correction that says so, if any."""

    kind: str
    label: str
    text: str
    prospect: Prospect
    correction: Told | None

    @property
    def readable(self) -> bool:
        """Tell whether a program can judge the text."""
        return hours.is_readable(self.text)


@dataclass(frozen=True, kw_only=True)
class PlaceCard:
    """A place with its texts chosen; each text names its language, which may be a fallback."""

    place: Place
    title: str
    title_language: str
    description: str
    description_language: str
    teaser: str
    teaser_language: str
    notes: str
    notes_language: str
    kind: str
    group: str
    schema_type: str
    # The main hours first.
    hours: tuple[HoursLine, ...]
    # Closed today, whatever the hours say.
    closure: Told | None
    # Closures and other hours that begin within a month, by their first day.
    announced: tuple[Told, ...]
    photos: tuple[ShownPhoto, ...] = ()

    @property
    def stars(self) -> int | None:
        """The stars that hold today."""
        return self.place.stars_on(self.prospect.day)

    @property
    def stars_expired(self) -> date | None:
        """The last day the stars held, when that is past."""
        return self.place.stars_expired_on(self.prospect.day)

    @property
    def judged(self) -> list[HoursLine]:
        """The hours a program can judge."""
        return [line for line in self.hours if line.text and line.readable]

    @property
    def silent_on_holidays(self) -> bool:
        """Tell whether its hours do not say what holds on public holidays."""
        return hours.is_silent_on_holidays(self.hours[0].text)

    @property
    def prospect(self) -> Prospect:
        """What comes next for the place as a whole."""
        return self.hours[0].prospect


def make_cards(places: Iterable[Place], *, language: str, now: datetime, with_photos: bool = False) -> list[PlaceCard]:
    """Return cards of places in "vi" or "en", with what they are now and what comes next; photos when asked for."""
    places = list(places)
    categories = Category.objects.in_bulk({code for place in places for code in (place.category, place.group)})
    outlook = schedules.look_ahead([key for place in places for key in schedules.keys_of(place)], now)
    cards = [_make_card(place, categories, outlook, language) for place in places]
    if not with_photos:
        return cards
    photos = find_shown([place.code for place in places], language)
    return [replace(card, photos=tuple(photos.get(card.place.code, ()))) for card in cards]


def _make_card(
    place: Place,
    categories: dict[str, Category],
    outlook: schedules.Outlook,
    language: str,
) -> PlaceCard:
    title, title_language = place.name_in(language)
    description, description_language = place.description_in(language)
    teaser, teaser_language = _in(language, place.teaser, place.teaser_en)
    notes, notes_language = _in(language, place.notes, place.notes_en)
    kind, group = categories.get(place.category), categories.get(place.group)
    coming, mine = outlook.prospects, outlook.notices.get(place.code, ())
    return PlaceCard(
        place=place,
        title=title,
        title_language=title_language,
        description=description,
        description_language=description_language,
        teaser=teaser,
        teaser_language=teaser_language,
        notes=notes,
        notes_language=notes_language,
        kind=kind.name(language) if kind else place.category,
        group=group.name(language) if group else place.group,
        schema_type=kind.schema_type if kind else "Place",
        hours=tuple(_make_line(key, coming[key], mine, language) for key in schedules.keys_of(place)),
        closure=_latest([one for one in mine if one.closes], language),
        announced=tuple(_tell(one, language) for one in outlook.announced.get(place.code, ())),
    )


def _in(language: str, vietnamese: str, english: str) -> tuple[str, str]:
    return (english, "en") if language == "en" and english else (vietnamese, "vi")


def _make_line(key: schedules.Key, prospect: Prospect, notices: Sequence[HoursNotice], language: str) -> HoursLine:
    correction = _latest([one for one in notices if not one.closes and one.kind == key.kind], language)
    return HoursLine(
        kind=key.kind,
        label=str(dict(HOURS_KINDS)[key.kind]),
        text=correction.notice.text if correction else key.text,
        prospect=prospect,
        correction=correction,
    )


def _latest(notices: Sequence[HoursNotice], language: str) -> Told | None:
    return _tell(notices[-1], language) if notices else None


def _tell(notice: HoursNotice, language: str) -> Told:
    reason, reason_language = notice.reason_in(language)
    return Told(notice=notice, reason=reason, reason_language=reason_language)
