"""What may be asked of the places, parsed once: query text → values with units. For the pages and the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.text import storable
from tiles.registry import get_layer
from tourism.asking import ClockForm, FewAskedForm, NearbyForm, PagedForm, TextForm
from tourism.cursors import Order
from tourism.features import PROPERTIES
from tourism.fields import AreaField, BoxField, ListField, MomentField
from tourism.listing import PlaceFilter
from tourism.models import Category, Place, languages
from tourism.sql import known_categories
from tourism.where import WhereField

MAX_LIMIT = 5000


class PlaceFilterForm(TextForm, NearbyForm, ClockForm):
    """Which places: the filters of the page."""

    category = ListField(
        label=_("Kind"),
        required=False,
        max_length=400,
        help_text=_("Codes of groups or kinds, parted by commas, such as food,atm."),
    )
    tag = ListField(
        label=_("Also"),
        required=False,
        max_length=400,
        help_text=_("Tags, parted by commas, such as spa,cafe: places that have one of them."),
    )
    stars = ListField(
        label=_("Stars"), required=False, max_length=20, help_text=_("Stars from 1 to 5, such as 4 or 4,5.")
    )
    wheelchair = forms.ChoiceField(
        label=_("By wheelchair"),
        required=False,
        choices=[("", _("Any")), ("yes", _("step-free")), ("limited", _("at least partly"))],
    )
    price_max_vnd = forms.IntegerField(
        label=_("Lowest price at most (đ)"),
        required=False,
        min_value=0,
        max_value=10**9,
        help_text=_("The lowest price, in đ."),
    )
    open_at = MomentField(label=_("Open at"), help_text=_("“now” or a moment such as 2026-02-17T20:00:00+07:00."))
    open_at_unknown = forms.ChoiceField(
        label=_("Unknown hours"), required=False, choices=[("exclude", "exclude"), ("include", "include")]
    )

    def clean_category(self) -> tuple[str, ...]:
        """Accept only known groups and kinds."""
        codes: tuple[str, ...] = self.cleaned_data["category"]
        unknown = set(codes) - known_categories(codes=list(codes)) if codes else set()
        if unknown:
            known = ", ".join(Category.objects.values_list("code", flat=True))
            raise forms.ValidationError(
                _("There is no kind “%(unknown)s”. Choose from: %(known)s."),
                params={"unknown": ", ".join(sorted(unknown)), "known": known},
            )
        return codes

    def clean_tag(self) -> tuple[str, ...]:
        """Accept only tags that places have."""
        tags: tuple[str, ...] = self.cleaned_data["tag"]
        known = Place.objects.live().known_tags() if tags else []
        if unknown := set(tags) - set(known):
            raise forms.ValidationError(
                _("No place has the tag “%(unknown)s”. Choose from: %(known)s."),
                params={"unknown": ", ".join(sorted(unknown)), "known": ", ".join(known) or "–"},
            )
        return tags

    def clean_stars(self) -> tuple[int, ...]:
        """Accept whole numbers from 1 to 5."""
        stars: tuple[str, ...] = self.cleaned_data["stars"]
        if not set(stars) <= set("12345"):
            raise forms.ValidationError(_("Give stars from 1 to 5, such as 4 or 4,5."))
        return tuple(int(star) for star in stars)

    @property
    def filter(self) -> PlaceFilter:
        """The valid form as a filter."""
        values = self.cleaned_data
        return PlaceFilter(
            bbox=values.get("bbox"),
            near=values["near"],
            within_m=values["within_m"],
            categories=values["category"],
            tags=values["tag"],
            text=values["q"],
            stars=values["stars"],
            open_at=values["open_at"],
            unknown_hours=values["open_at_unknown"] == "include",
            wheelchair=values["wheelchair"],
            price_max_vnd=values["price_max_vnd"],
            area=values.get("polygon"),
            ward=values.get("ward", ""),
            updated_since=values.get("updated_since"),
        )


class PlacePageForm(PlaceFilterForm):
    """The filters as people fill them in."""

    near = WhereField(label=_("Near (a place, an address or coordinates)"), required=False, max_length=100)
    open_on = MomentField(label=_("Open on (day and hour)"))

    @property
    def filter(self) -> PlaceFilter:
        """The valid form as a filter; a day and an hour go before now."""
        asked = super().filter
        return replace(asked, open_at=self.cleaned_data["open_on"] or asked.open_at)

    def told(self, names: Mapping[str, str]) -> Iterator[str]:
        """Yield the filters that hold in words; `names` are those of groups and kinds."""
        for name, field in self.fields.items():
            typed = self[name].value()
            if not typed:
                continue
            if name == "category":
                yield ", ".join(names.get(code, code) for code in self.cleaned_data["category"])
            elif name == "open_at" and typed == "now":
                yield gettext("Open now")
            elif name == "open_at_unknown":
                yield gettext("Also those with unknown hours")
            else:
                choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
                yield f"{field.label}: {dict(choices).get(typed, typed)}"


class AnswerForm(forms.Form):
    """How one place is answered."""

    lang = forms.CharField(
        label=_("Language"),
        required=False,
        max_length=3,
        help_text=_("vi, en or another language of the register (ISO 639); what is not in it is told in English."),
    )
    fields = ListField(
        label=_("Properties"),
        required=False,
        max_length=400,
        help_text=_("Names of the properties to answer, parted by commas; all when missing."),
    )  # type: ignore[assignment]

    def clean_lang(self) -> str:
        """Accept a language in which the register says something."""
        language: str = self.cleaned_data["lang"] or "vi"
        if language not in ("vi", "en") and language not in (known := languages()):
            raise forms.ValidationError(
                _("Nothing is told in “%(language)s”. Choose from: %(known)s."),
                params={"language": language, "known": ", ".join(known)},
            )
        return language

    def clean_fields(self) -> tuple[str, ...]:
        """Accept only properties a place has."""
        names: tuple[str, ...] = self.cleaned_data["fields"]
        unknown = set(names) - set(PROPERTIES)
        if unknown:
            raise forms.ValidationError(
                _("There is no property “%(unknown)s”. Choose from: %(known)s."),
                params={"unknown": ", ".join(sorted(unknown)), "known": ", ".join(PROPERTIES)},
            )
        return names


class PlaceAnswerForm(AnswerForm):
    """How one place is answered, and of which day."""

    on = forms.DateField(
        label=_("On the day"),
        required=False,
        help_text=_("The day whose wards the address names; today when missing."),
    )


class PlaceListForm(FewAskedForm, AnswerForm, PlaceFilterForm, PagedForm):
    """Everything the API's list takes."""

    bbox = BoxField(
        label=_("Box"), required=False, max_length=120, help_text=_("west,south,east,north in degrees (WGS 84).")
    )
    polygon = AreaField(
        label=_("Area"),
        required=False,
        max_length=8000,
        help_text=_("POLYGON or MULTIPOLYGON as WKT, in degrees (WGS 84), longitude first."),
    )
    ward = forms.CharField(
        label=_("Ward"), required=False, max_length=60, help_text=_("Code of a ward, of today or the past.")
    )
    updated_since = MomentField(
        days=True,
        label=_("Changed since"),
        help_text=_(
            "A moment or a day: places that changed then or later. “gone” names those that left. Ask from “as_of” next."
        ),
    )
    limit = forms.IntegerField(
        label=_("Number of places"),
        required=False,
        min_value=1,
        max_value=MAX_LIMIT,
        help_text=_("At most 5,000; 100 when missing."),
    )

    def order(self, values: Mapping[str, Any]) -> Order:
        """Return what the list goes by."""
        near, since = values.get("near"), values.get("updated_since")
        return PlaceFilter(near=near, text=values.get("q", ""), updated_since=since).order

    def clean_ward(self) -> str:
        """Accept only the code of a live ward."""
        code: str = self.cleaned_data["ward"]
        wards = get_layer("wards").rows.objects.live()
        if code and not wards.filter(code=storable(code)).exists():
            raise forms.ValidationError(
                _("There is no ward “%(code)s”. Their codes are at /api/v1/wards."), params={"code": code}
            )
        return code


def render_query(asked: PlaceFilter, *, now: datetime) -> dict[str, str]:
    """Return a filter as parameters of the API; an answer about now keeps its address."""
    return {
        name: value
        for name, value in (
            ("category", ",".join(asked.categories)),
            ("tag", ",".join(asked.tags)),
            ("q", asked.text),
            ("near", ",".join(f"{number:.6f}" for number in asked.near or ())),
            ("within_m", f"{asked.within_m:g}" if asked.within_m else ""),
            ("stars", ",".join(map(str, asked.stars))),
            ("wheelchair", asked.wheelchair),
            ("price_max_vnd", "" if asked.price_max_vnd is None else str(asked.price_max_vnd)),
            ("open_at", ("now" if asked.open_at == now else asked.open_at.isoformat()) if asked.open_at else ""),
            ("open_at_unknown", "include" if asked.unknown_hours else ""),
        )
        if value
    }
