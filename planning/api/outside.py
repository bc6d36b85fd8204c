"""What to say of a point outside the city: mostly its numbers stand in the other order."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from django.utils.translation import gettext as _

from planning.params import LON_LAT, parse_system
from tiles.geometry import System, reproject_coordinates, share_inside

_MIDDLE = np.array([[108.44, 11.94]])


def explain_outside(query: Mapping[str, str]) -> str:
    """Say what is wrong with a `point` that was read and lies outside the city."""
    srid = parse_system(query)
    if srid == LON_LAT:
        return _("This point lies outside the city: in Đà Lạt longitude is about 108.4 and latitude about 11.9.")
    first, second = (part.strip() for part in query["point"].split(","))
    if share_inside(np.array([[float(first), float(second)]]), System(srid, swapped=True)):
        text = _(
            "This point lies outside the city, but in the other order it lies in it. “point” is east,north, and on "
            "Vietnamese papers X is north: write point=%(swapped)s."
        )
        return text % {"swapped": f"{second},{first}"}
    # "About": whole kilometres.
    [[east, north]] = reproject_coordinates(_MIDDLE, System(LON_LAT), srid).round(-3)
    text = _(
        "This point lies outside the city. “point” is east,north, and on Vietnamese papers X is north: in Đà Lạt it is "
        "about %(example)s in EPSG:%(srid)s. Check the order, the numbers and “crs”."
    )
    return text % {"example": f"{east:.0f},{north:.0f}", "srid": srid}
