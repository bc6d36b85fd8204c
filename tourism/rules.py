"""Rules for publishing places: what is odd is said, nothing is dropped."""

import math
from collections.abc import Iterator

import numpy as np
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from portal.calendar import CITY_ZONE
from tiles.geometry import LON_LAT_SRID, SURVEY_SRID, System, reproject_coordinates
from tiles.ingest import issues
from tiles.ingest.kinds import AS_DELIVERED
from tiles.models import Edition, Issue
from tourism import hours
from tourism.models import HOURS_FIELDS, HoursNotice, Place
from tourism.record import LICENCES
from tourism.weekly import find_undone

# An edition with fewer rows than this part of the live one is more often half a file than a town that closed.
_USUAL_PART = 0.8
_EXAMPLES = 5
# The grounds of a resort.
_ENTRANCE_M = 500

issues.register(
    issues.Kind(
        "hours-unreadable",
        "warning",
        "supplier",
        _(
            "Row %(row)s: the opening hours “%(hours)s” do not follow OpenStreetMap's opening_hours. They are shown "
            "as they are and count as unknown. Write them like Mo-Fr 08:00-17:00; PH off."
        ),
    ),
    issues.Kind(
        "hours-undone",
        "warning",
        "supplier",
        _(
            "Row %(row)s: in the opening hours “%(hours)s” the part “%(rule)s” never holds, because “%(by)s” "
            "follows for the same days and replaces it. Write all times of a day in one part, like "
            "Mo-Sa 07:30-11:30,13:30-17:00."
        ),
    ),
    issues.Kind(
        "phone-unreadable",
        "warning",
        "supplier",
        _(
            "Row %(row)s: “%(phone)s” is not a telephone number. It is shown as it is and cannot be dialled. Write it "
            "like 0263 382 2663; part several by a semicolon."
        ),
    ),
    issues.Kind(
        "rows-missing",
        "error",
        "planner",
        _(
            "Is the file whole? It has %(rows)s rows where %(live)s are live, and %(missing)s of those are missing, "
            "such as %(examples)s. Get the whole file; or, when these places really are no more, receive it again with "
            "--repair rows-missing."
        ),
        AS_DELIVERED,
    ),
    issues.Kind(
        "source-changed",
        "error",
        "planner",
        _(
            "The rows are from %(source)s, the live ones of this dataset from %(live)s. Sources are kept apart: "
            "receive the file under another dataset."
        ),
    ),
    issues.Kind(
        "hours-corrected",
        "note",
        "planner",
        _(
            "Row %(row)s: the register now says “%(hours)s”, but the tourist office's correction “%(correction)s” goes "
            "on. End it on the hours page of the place if the register is right."
        ),
    ),
    issues.Kind(
        "stars-without-decision",
        "warning",
        "supplier",
        _(
            "Row %(row)s: %(stars)s stars, but not the decision that awarded them. They are shown as the register's "
            "word. Write the decision, and until when it holds, in QD_SAO and HAN_SAO; or leave the stars out."
        ),
    ),
    issues.Kind(
        "stars-expired",
        "warning",
        "supplier",
        _(
            "Row %(row)s: the decision on %(stars)s stars expired on %(until)s. The public sees that it expired, and "
            "no stars. Write the new decision in QD_SAO and HAN_SAO; or leave the stars out."
        ),
    ),
    issues.Kind(
        "licence-not-valid",
        "warning",
        "supplier",
        _(
            "Row %(row)s: the business licence of this lodging: %(what)s. Its page warns that it may not take "
            "guests. Correct GIAY_PHEP when it is valid again; leave the row out when the place has closed."
        ),
    ),
    issues.Kind(
        "verified-ahead",
        "warning",
        "supplier",
        _(
            "Row %(row)s: a person is said to have looked on %(day)s, which is still to come. The place counts as "
            "verified until then and a year longer. Correct NGAY_XAC_MINH; day and month may have changed places."
        ),
    ),
    issues.Kind(
        "price-undated",
        "warning",
        "supplier",
        _(
            "Row %(row)s: a declared price without the day of the declaration. It is shown without a day, and nobody "
            "can tell whether it is old. Write the day in NGAY_GIA."
        ),
    ),
    issues.Kind(
        "price-reversed",
        "error",
        "supplier",
        _(
            "Row %(row)s: the declared price runs from %(low)s to %(high)s VND, and the first is the greater. Correct "
            "GIA_TU or GIA_DEN."
        ),
    ),
    issues.Kind(
        "entrance-far",
        "warning",
        "supplier",
        _(
            "Row %(row)s: the entrance is %(distance_m)s m from the place, and directions lead there. "
            "Correct its longitude and latitude."
        ),
    ),
    terms=LICENCES,
)


def hours_are_readable(edition: Edition) -> Iterator[Issue]:
    """Opening hours a program cannot judge are kept as text and pointed out."""
    for place in Place.objects.of(edition).only("row", "geom", *HOURS_FIELDS.values()):
        for text in place.schedules.values():
            if text and not hours.is_readable(text):
                yield issues.new(edition, "hours-unreadable", row=place.row, values={"hours": text}, place=place.geom)


def hours_undo_nothing(edition: Edition) -> Iterator[Issue]:
    """A part of opening hours that a later one replaces on all its days is pointed out: nobody means that."""
    for place in Place.objects.of(edition).only("row", "geom", *HOURS_FIELDS.values()):
        for text in place.schedules.values():
            if undone := find_undone(text):
                values = {"hours": text, **undone._asdict()}
                yield issues.new(edition, "hours-undone", row=place.row, values=values, place=place.geom)


def phones_are_numbers(edition: Edition) -> Iterator[Issue]:
    """A telephone number that is none is kept as text and pointed out."""
    for place in Place.objects.of(edition).exclude(phone="").only("row", "phone", "geom"):
        if wrong := [number for number, dial in place.phones if not dial]:
            yield issues.new(
                edition, "phone-unreadable", row=place.row, values={"phone": "; ".join(wrong)}, place=place.geom
            )


def no_rows_are_missing(edition: Edition) -> Iterator[Issue]:
    """An edition with far fewer rows than the live one is stopped until somebody says that it is whole."""
    live = Edition.objects.filter(dataset=edition.dataset, state=Edition.State.LIVE).first()
    if live is None or edition.rows >= _USUAL_PART * live.rows:
        return
    gone = Place.objects.of(live).exclude(code__in=Place.objects.of(edition).values("code")).order_by("code")
    values = {
        "rows": edition.rows,
        "live": live.rows,
        "missing": gone.count(),
        "examples": ", ".join(f"{place.name} ({place.code})" for place in gone[:_EXAMPLES]),
    }
    accepted = "rows-missing" in edition.reading.get("repairs", ())
    yield issues.new(edition, "rows-missing", values=values, repair=AS_DELIVERED if accepted else "")


def one_source(edition: Edition) -> Iterator[Issue]:
    """A dataset is the register's or OpenStreetMap's, never first one and then the other."""
    known = Place.objects.of(edition).values_list("source", flat=True).first()
    before = Place.objects.filter(edition__dataset=edition.dataset, edition__state=Edition.State.LIVE)
    was = before.values_list("source", flat=True).first()
    if known and was and known != was:
        labels = dict(Place.Source.choices)
        yield issues.new(edition, "source-changed", values={"source": str(labels[known]), "live": str(labels[was])})


def corrections_go_on(edition: Edition) -> Iterator[Issue]:
    """Say where a delivery changes hours that the tourist office corrected: the correction holds all the same."""
    corrections = {(one.place, one.kind): one for one in HoursNotice.objects.standing().exclude(text="")}
    for place in Place.objects.of(edition).filter(code__in=[code for code, _kind in corrections]):
        for kind, text in place.schedules.items():
            notice = corrections.get((place.code, kind))
            if notice and text not in (notice.instead_of, notice.text):
                values = {"hours": text, "correction": notice.text}
                yield issues.new(edition, "hours-corrected", row=place.row, values=values, place=place.geom)


def stars_are_awarded(edition: Edition) -> Iterator[Issue]:
    """Stars of the register rest on a decision, and one that still holds on the day of the delivery."""
    day = edition.staged.astimezone(CITY_ZONE).date()
    rated = Place.objects.of(edition).filter(source=Place.Source.REGISTER).exclude(stars=None)
    for place in rated.only("row", "geom", "stars", "stars_decision", "stars_until"):
        values: dict[str, object] = {"stars": place.stars}
        if not place.stars_decision:
            yield issues.new(edition, "stars-without-decision", row=place.row, values=values, place=place.geom)
        if until := place.stars_expired_on(day):
            values["until"] = until.isoformat()
            yield issues.new(edition, "stars-expired", row=place.row, values=values, place=place.geom)


def lodgings_are_licensed(edition: Edition) -> Iterator[Issue]:
    """A lodging whose licence is suspended, revoked or expired is pointed out."""
    known = Place.objects.of(edition).filter(group="lodging").exclude(licence_state__in=["", "valid"])
    for place in known.only("row", "geom", "licence_state"):
        values = {"what": place.licence_state}
        yield issues.new(edition, "licence-not-valid", row=place.row, values=values, place=place.geom)


def nobody_looked_ahead(edition: Edition) -> Iterator[Issue]:
    """A day of verification after the day of the delivery is pointed out."""
    day = edition.staged.astimezone(CITY_ZONE).date()
    for place in Place.objects.of(edition).filter(verified_on__gt=day).only("row", "geom", "verified_on"):
        values = {"day": place.verified_on.isoformat() if place.verified_on else ""}
        yield issues.new(edition, "verified-ahead", row=place.row, values=values, place=place.geom)


def prices_are_declared(edition: Edition) -> Iterator[Issue]:
    """A declared price has its day, and runs from the lower amount to the higher."""
    priced = Place.objects.of(edition).only("row", "geom", "price_from_vnd", "price_to_vnd")
    for place in priced.filter(priced_on=None).exclude(price_from_vnd=None, price_to_vnd=None):
        yield issues.new(edition, "price-undated", row=place.row, place=place.geom)
    for place in priced.filter(price_from_vnd__gt=F("price_to_vnd")):
        values = {"low": place.price_from_vnd, "high": place.price_to_vnd}
        yield issues.new(edition, "price-reversed", row=place.row, values=values, place=place.geom)


def entrances_are_near(edition: Edition) -> Iterator[Issue]:
    """An entrance lies at its place."""
    known = Place.objects.of(edition).exclude(entrance_lon=None).exclude(entrance_lat=None)
    for place in known.only("row", "geom", "entrance_lon", "entrance_lat"):
        [at] = reproject_coordinates(np.array([place.entrance]), System(LON_LAT_SRID), SURVEY_SRID)
        distance_m = round(math.dist(at, place.geom.coords))
        if distance_m > _ENTRANCE_M:
            yield issues.new(
                edition, "entrance-far", row=place.row, values={"distance_m": distance_m}, place=place.geom
            )
