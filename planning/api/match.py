"""The door of the API: which parcel a corner table means."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from planning import params
from planning.matching.corners import MAX_CORNERS, Corners, CornersError, parse_corners, read_pairs
from planning.matching.match import Candidate, Match, match, ward_names
from planning.matching.words import describe_fit, describe_problem, describe_reading, epsg, refuse
from tiles.api import LANG, PROBLEMS, BadParameter, PublicView, ShallowJSONParser

# Beyond this no number is a coordinate; whole numbers of JSON have no end.
_LARGEST = 1e9


class _Pair(serializers.ListField):
    child = serializers.FloatField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=2, max_length=2, **kwargs)


BODY = inline_serializer(
    "CornerTable",
    {
        "text": serializers.CharField(required=False, help_text="The pasted table, at most 20 kB; or “corners”."),
        "corners": serializers.ListField(child=_Pair(), required=False, max_length=MAX_CORNERS),
    },
)
CANDIDATE = inline_serializer(
    "MatchCandidate",
    {
        "code": serializers.CharField(),
        "ward": serializers.CharField(),
        "ward_name": serializers.CharField(),
        "sheet": serializers.IntegerField(),
        "number": serializers.IntegerField(),
        "score": serializers.FloatField(help_text="0 to 1: the mean of common area and nearness of corners."),
        "iou": serializers.FloatField(help_text="Common area as a share of the area of both together."),
        "area_difference_m2": serializers.FloatField(help_text="Corner table less parcel, EPSG:5899."),
        "corners_matched": serializers.IntegerField(),
        "corner_distance_m": serializers.FloatField(help_text="Median distance to the parcel's corners."),
        "crs": serializers.CharField(),
        "axes": serializers.ChoiceField(["north-east", "east-north"]),
        "datum_shift": serializers.BooleanField(),
        "reading": serializers.CharField(),
        "note": serializers.CharField(),
        "url": serializers.CharField(),
    },
    many=True,
)
ANSWER = inline_serializer(
    "Match",
    {
        "candidates": CANDIDATE,
        "corners": serializers.ListField(child=_Pair(), help_text="As read, in the order of the table."),
        "ambiguous": serializers.BooleanField(),
        "problem": serializers.CharField(help_text="outside-city, no-parcel or empty."),
        "note": serializers.CharField(),
    },
)


class UnreadableCorners(APIException):
    """The body holds no corner table that can be compared."""

    status_code = 400

    def __init__(self, error: CornersError) -> None:
        super().__init__(detail=refuse(error))
        self.default_code = error.reason


class MatchView(PublicView):
    """The parcel of a certificate's corner table."""

    parser_classes = [ShallowJSONParser]

    @extend_schema(operation_id="parcels_match", request=BODY, parameters=[LANG], responses={200: ANSWER, **PROBLEMS})
    def post(self, request: Request) -> Response:
        """Return the parcels the corners may mean, the best first."""
        params.parse_only(request.query_params, "lang")
        params.parse_language(request.query_params)
        try:
            found = match(_read(request.data))
        except CornersError as error:
            raise UnreadableCorners(error) from None
        return Response(_render(found), headers={"Content-Language": get_language() or "vi"})


def _read(body: Any) -> Corners:
    if not isinstance(body, dict) or set(body) not in ({"text"}, {"corners"}):
        raise BadParameter(_("The body is an object with “text” or “corners”, and nothing else."))
    if "text" in body:
        if not isinstance(body["text"], str):
            raise BadParameter(_("“text” is the corner table as text."))
        return parse_corners(body["text"])
    pairs = body["corners"]
    if isinstance(pairs, list) and len(pairs) > MAX_CORNERS:
        raise CornersError("too-many-corners", len(pairs))
    if not (isinstance(pairs, list) and all(_is_pair(pair) for pair in pairs)):
        raise BadParameter(_("“corners” is a list of pairs of numbers, such as [[1320566.81, 575165.38], …]."))
    return read_pairs(pairs)


def _is_pair(pair: Any) -> bool:
    return (
        isinstance(pair, list) and len(pair) == 2 and all(type(n) in (int, float) and abs(n) < _LARGEST for n in pair)
    )


def _render(found: Match) -> dict[str, Any]:
    names = ward_names() if found.candidates else {}
    note = describe_problem(found)
    if found.ambiguous:
        note = _("Several parcels fit nearly as well. Compare sheet, number and area with the certificate.")
    return {
        "candidates": [_render_candidate(each, names) for each in found.candidates],
        "corners": found.corners.points.tolist(),
        "ambiguous": found.ambiguous,
        "problem": found.problem,
        "note": note,
    }


def _render_candidate(candidate: Candidate, names: dict[str, str]) -> dict[str, Any]:
    fit, reading = candidate.fit, candidate.outline.reading
    return {
        "code": candidate.code,
        "ward": candidate.ward,
        "ward_name": names.get(candidate.ward, candidate.ward),
        "sheet": candidate.sheet,
        "number": candidate.number,
        "score": round(fit.score, 4),
        "iou": round(fit.iou, 4),
        "area_difference_m2": round(fit.area_difference_m2, 2),
        "corners_matched": fit.corners_matched,
        "corner_distance_m": round(fit.corner_distance_m, 3),
        "crs": f"EPSG:{epsg(reading)}",
        "axes": "north-east" if reading.north_first else "east-north",
        "datum_shift": reading.shifted,
        "reading": describe_reading(reading),
        "note": describe_fit(candidate),
        "url": f"/parcels/{candidate.code}",
    }
