"""What news may be about: a parcel, a ward or a plan, named "parcels/p1-12-345" as in the address bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from planning.lookup import find_plan
from planning.models import Parcel, Plan, Project, StreetSegment, Ward
from planning.querysets import DatedQuerySet
from planning.wards import find_ward, plans_on
from portal.text import storable
from tiles import states

PARCELS: Final = "parcels"
WARDS: Final = "wards"
PLANS: Final = "plans"
KINDS: Final = (PARCELS, WARDS, PLANS)
# The public has seen these editions.
_SEEN = (states.LIVE, states.RETIRED)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Something published that has a page; `url` is without language, `title` in the active language."""

    kind: str
    code: str
    title: str

    @property
    def address(self) -> str:
        """Its name in an address."""
        return f"{self.kind}/{self.code}"

    @property
    def url(self) -> str:
        """The address of its page in Vietnamese."""
        return f"/{self.address}"


def find_subject(address: str) -> Subject | None:
    """Return the published parcel, ward or plan of an address such as "plans/qpk-01"."""
    kind, _slash, code = storable(address[:170]).partition("/")
    title = _TITLES[kind](code) if kind in _TITLES else None
    return Subject(kind=kind, code=code, title=title) if title else None


def datasets_about(subject: Subject) -> dict[str, set[str]]:
    """Return the datasets, by layer, whose publication may change what is said about the subject."""
    if subject.kind == PLANS:
        return _datasets_of_plans(Plan.objects.filter(code=subject.code))
    if subject.kind == WARDS:
        ward = find_ward(subject.code)
        found = _datasets_of_plans(plans_on(_seen_plans(), ward.geom)) if ward and ward.geom else {}
        return found | ({"wards": {ward.edition.dataset.code}} if ward else {})
    parcel = Parcel.objects.current().select_related("edition__dataset").filter(code=subject.code).first()
    if parcel is None or parcel.geom is None:
        return {}
    found = _datasets_of_plans(plans_on(_seen_plans(), parcel.geom, more_than_m2=0))
    for layer, rows in (("prices", StreetSegment.objects), ("projects", Project.objects)):
        if codes := set(rows.live().values_list("edition__dataset__code", flat=True).distinct()):
            found[layer] = codes
    return found | {"parcels": {parcel.edition.dataset.code}}


def _seen_plans() -> DatedQuerySet:
    return Plan.objects.filter(edition__state__in=_SEEN)


def _datasets_of_plans(plans: QuerySet[Plan]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for layer, code in plans.values_list("edition__dataset__layer", "edition__dataset__code").distinct():
        found.setdefault(layer, set()).add(code)
    return found


def _parcel_title(code: str) -> str | None:
    parcel = Parcel.objects.current().filter(code=code).first()
    if parcel is None:
        return None
    ward = Ward.objects.live().filter(code=parcel.ward).values_list("name", flat=True).first()
    values = {"number": parcel.number, "sheet": parcel.sheet, "ward": ward or parcel.ward}
    return _("Parcel %(number)s, sheet %(sheet)s, %(ward)s") % values


def _ward_title(code: str) -> str | None:
    ward = find_ward(code)
    return ward.name if ward else None


def _plan_title(code: str) -> str | None:
    plan = find_plan(code)
    return plan.name if plan else None


_TITLES = {PARCELS: _parcel_title, WARDS: _ward_title, PLANS: _plan_title}
