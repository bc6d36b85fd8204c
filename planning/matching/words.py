"""A match in plain words: which reading was used, how well it fits, what is wrong with a text."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from planning.matching.corners import MAX_BYTES, MAX_CORNERS, MIN_CORNERS, CornersError
from planning.matching.fit import SAME_CORNER_M, VN2000_SRID, Reading
from planning.matching.match import Candidate, Match

# Below this common area an outline whose corners all fit lacks one of them.
_WHOLE = 0.95
_SYSTEMS = {
    5899: gettext_lazy("VN-2000, central meridian 107°45′ (the province's own)"),
    5898: gettext_lazy("VN-2000, central meridian 108°00′"),
    9218: gettext_lazy("VN-2000, central meridian 108°30′"),
    3405: gettext_lazy("VN-2000, UTM zone 48N (meridian 105°)"),
    3406: gettext_lazy("VN-2000, UTM zone 49N (meridian 111°)"),
    VN2000_SRID: gettext_lazy("VN-2000 latitude and longitude"),
}
_PROBLEMS = {
    "outside-city": gettext_lazy(
        "The corners were read, but in no coordinate system of Vietnam do they lie in the city. Check that whole "
        "numbers were copied (about 1,320,000 for X and 575,000 for Y), and that the certificate is for land in Đà Lạt."
    ),
    "far-apart": gettext_lazy(
        "Some of the corners lie in the city, the others kilometres away: no parcel is that large. Check the digits, "
        "and paste the corners of one parcel only."
    ),
    "no-parcel": gettext_lazy(
        "The corners lie in the city, but no published parcel fits them. The parcel may be newer than the map; "
        "search by sheet and number, or ask the land registration office."
    ),
}


def describe_problem(found: Match) -> str:
    """Say why no parcel is offered and what to do next; "" when one is."""
    if not found.problem:
        return ""
    if found.flat:
        return _("The corners lie on one line and enclose no area. Check that every row was copied whole.")
    said = [str(_PROBLEMS[found.problem])]
    if found.crossing:
        said.append(_("In the order given the outline crosses itself: paste the rows in the order of the certificate."))
    return " ".join(said)


def refuse(error: CornersError) -> str:
    """Say what is wrong with a text and what to do next."""
    if error.reason == "too-long":
        return _("The text is longer than %(size)s kB. Paste the corner table only.") % {"size": MAX_BYTES // 1000}
    if error.reason == "too-many-corners":
        text = _("There are %(count)s corners; at most %(most)s are compared. Paste the table of one parcel.")
        return text % {"count": error.count, "most": MAX_CORNERS}
    if error.reason == "too-few-corners":
        text = ngettext(
            "Only %(count)s corner was found; at least %(least)s are needed. Paste all rows of the table.",
            "Only %(count)s corners were found; at least %(least)s are needed. Paste all rows of the table.",
            error.count,
        )
        return text % {"count": error.count, "least": MIN_CORNERS}
    return _(
        "No coordinates were found in the text. Each corner needs two: X (north, seven digits such as 1,320,566.81) "
        "and Y (east, six digits such as 575,165.38)."
    )


def describe_reading(reading: Reading) -> str:
    """Say the system, the order and the datum in one sentence."""
    if reading.srid == VN2000_SRID and not reading.shifted:
        system = _("WGS 84 latitude and longitude")
    else:
        system = str(_SYSTEMS[reading.srid])
    order = _("north (X) first") if reading.north_first else _("east (Y) first")
    parts = [f"{system} (EPSG:{epsg(reading)})", order]
    if not reading.shifted and reading.srid != VN2000_SRID:
        parts.append(_("computed without the official datum shift, which puts it 226 m aside"))
    return "; ".join(parts)


def describe_fit(candidate: Candidate) -> str:
    """Say how well corners and area agree, and what had to be changed to compare them."""
    fit, outline = candidate.fit, candidate.outline
    said = [
        _("%(matched)s of %(count)s corners lie within %(metres)s m of a corner of the parcel.")
        % {
            "matched": fit.corners_matched,
            "count": len(outline.points),
            "metres": number_format(SAME_CORNER_M, 1),
        },
        _(
            "The outlines share %(percent)s %% of their area; "
            "the corners enclose %(given)s m², the map's parcel %(map)s m²."
        )
        % {
            "percent": number_format(round(100 * fit.iou, 1), 1),
            "given": number_format(round(outline.shape.area, 1), 1, force_grouping=True),
            "map": number_format(round(candidate.parcel.area, 1), 1, force_grouping=True),
        },
    ]
    if fit.corners_matched == len(outline.points) and fit.iou < _WHOLE:
        said.append(_("All corners fit but the areas differ, so a corner of the table is probably missing."))
    if outline.crossing:
        said.append(
            _("In the order given the outline crosses itself, so the corners were taken in turn around their middle.")
        )
    if outline.left_out:
        text = ngettext(
            "%(count)s corner lies far from the others and was left out.",
            "%(count)s corners lie far from the others and were left out.",
            outline.left_out,
        )
        said.append(text % {"count": outline.left_out})
    return " ".join(said)


def describe_verdict(candidate: Candidate) -> str:
    """Say in two words how far the fit can be trusted."""
    if candidate.fit.score >= 0.9:
        return _("very good fit")
    return _("good fit") if candidate.fit.score >= 0.6 else _("weak fit")


def epsg(reading: Reading) -> int:
    """Return the EPSG number of a reading; degrees without shift are WGS 84."""
    return 4326 if reading.srid == VN2000_SRID and not reading.shifted else reading.srid
