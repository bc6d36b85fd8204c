"""What may be asked of a day out: query text → Asked. For the page, the exports and the API."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.text import plain
from tourism.asking import ClockForm, LanguageForm
from tourism.days_out.asked import LONGEST, MOST_STOPS, SHORTEST, Asked, LonLat, usual_start
from tourism.days_out.modes import MODES
from tourism.fields import MomentField
from tourism.where import WhereField, part_name

CENTRE: LonLat = (108.44, 11.94)
# The airport at Liên Khương is 28 km away.
REACH_KM = 40
_DEGREE_KM = 111.2
NAME_LENGTH = 100
# A name and its point.
_WHERE_LENGTH = NAME_LENGTH + len(" (11.940400,108.441900)")
_CODE = re.compile(r"[-\w]{1,120}", re.ASCII)


def _within_reach(point: LonLat | None) -> LonLat | None:
    if point is None:
        return None
    (lon, lat), (city_lon, city_lat) = point, CENTRE
    east_km = (lon - city_lon) * _DEGREE_KM * math.cos(math.radians(city_lat))
    km = math.hypot(east_km, (lat - city_lat) * _DEGREE_KM)
    if km > REACH_KM:
        raise forms.ValidationError(
            _(
                "This point is %(km)s km from the middle of Đà Lạt. A day out starts and ends within %(reach)s km "
                "of it."
            ),
            params={"km": round(km), "reach": REACH_KM},
        )
    return point


class DayForm(ClockForm):
    """A day out as its address tells it."""

    stops = forms.CharField(
        label=_("Stops"),
        required=False,
        max_length=2000,
        help_text=_("Codes of places in the order to visit them, parted by commas; at most 12."),
    )
    start = MomentField(
        label=_("Start"),
        help_text=_("A moment such as 2026-12-01T08:00, in the city's time unless it says otherwise."),
    )
    mode = forms.ChoiceField(
        label=_("How you get about"), required=False, choices=[(mode.id, mode.label) for mode in MODES.values()]
    )
    stay = forms.CharField(
        label=_("Minutes to stay"),
        required=False,
        max_length=200,
        help_text=_("Minutes at each stop in the same order, parted by commas; empty: as usual for its kind."),
    )
    origin = WhereField(
        label=_("Where you start (a place, an address or coordinates)"),
        required=False,
        max_length=_WHERE_LENGTH,
        help_text=_(
            "Where the day starts: a place's name, an address, or coordinates in either order, also in brackets after "
            "a name of one's own; at the first stop when missing. What may be several places is refused, with their "
            "names."
        ),
    )
    destination = WhereField(
        label=_("Where you go at the end (a place, an address or coordinates)"),
        required=False,
        max_length=_WHERE_LENGTH,
        help_text=_("Where the day ends, told in the same ways; at the last stop when missing."),
    )

    @property
    def usual_start(self) -> datetime:
        """When the day begins unless it says so."""
        return usual_start(self.now)

    def clean_stops(self) -> tuple[str, ...]:
        """Accept up to MOST_STOPS different codes."""
        codes = tuple(code.strip() for code in self.cleaned_data["stops"].split(",") if code.strip())
        if len(codes) > MOST_STOPS:
            raise forms.ValidationError(
                _("%(count)s stops are too many for a day: take at most %(most)s."),
                params={"count": len(codes), "most": MOST_STOPS},
                code="too-many-stops",
            )
        for code in codes:
            if not _CODE.fullmatch(code):
                raise forms.ValidationError(
                    _("“%(code)s” is no code of a place. The code stands at the end of the address of its page."),
                    params={"code": code[:60]},
                )
            if codes.count(code) > 1:
                raise forms.ValidationError(_("“%(code)s” is named twice. Name each stop once."), params={"code": code})
        return codes

    def clean_origin(self) -> LonLat | None:
        """Refuse where no day in the city starts."""
        return _within_reach(self.cleaned_data["origin"])

    def clean_destination(self) -> LonLat | None:
        """Refuse where no day in the city ends."""
        return _within_reach(self.cleaned_data["destination"])

    def clean_start(self) -> datetime:
        """Return the minute; the usual start when there is none."""
        start: datetime = self.cleaned_data["start"] or self.usual_start
        return start.replace(second=0, microsecond=0)

    def clean_stay(self) -> tuple[int | None, ...]:
        """Read minutes, some of them empty."""
        text: str = self.cleaned_data["stay"]
        try:
            stays = [int(part) if part.strip() else None for part in text.split(",")] if text else []
        except ValueError:
            stays = [0]
        if not all(stay is None or SHORTEST <= stay <= LONGEST for stay in stays):
            raise forms.ValidationError(
                _("Give minutes from %(shortest)s to %(longest)s, parted by commas."),
                params={"shortest": SHORTEST, "longest": LONGEST},
            )
        return tuple(stays)

    def clean(self) -> dict[str, Any]:
        """Refuse more stays than stops."""
        values = super().clean() or self.cleaned_data
        if "stops" in values and any(values.get("stay", ())[len(values["stops"]) :]):
            self.add_error("stay", _("There are more stays than stops. Give one for each stop."))
        return values

    @property
    def asked(self) -> Asked:
        """The valid form as a day."""
        values = self.cleaned_data
        codes, stays = values["stops"], values["stay"]
        return Asked(
            start=values["start"],
            codes=codes,
            stays=(*stays, *[None] * len(codes))[: len(codes)],
            mode=values["mode"] or "walk",
            origin=values["origin"],
            destination=values["destination"],
            origin_name=self._called("origin"),
            destination_name=self._called("destination"),
        )

    def _called(self, field: str) -> str:
        name, _point = part_name(plain(self.data.get(field) or ""))
        return name[:NAME_LENGTH]


class DayApiForm(LanguageForm, DayForm):
    """Everything the API takes."""

    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("given", "given"), ("best", "best")],
        help_text=_("“best”: put the stops into the order that loses least; “given” when missing."),
    )
