"""The doors of the tiles: find, ask, answer."""

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import wraps
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from isal import igzip

from tiles import area, cache, mvt, packed, revisions, styles, tilejson
from tiles.api import BadParameter
from tiles.area import parse_box
from tiles.dates import parse_date
from tiles.models import Edition, Revision
from tiles.registry import Layer, all_layers, find_layer

TILE_PATH = re.compile(r"/tiles/([a-z-]{1,40})/([0-9]{1,9})/([0-9]{1,3})/([0-9]{1,9})/([0-9]{1,9})\.mvt", re.ASCII)
MVT_TYPE = "application/vnd.mapbox-vector-tile"
READING = ("GET", "HEAD")
FOREVER = "public, max-age=31536000, immutable"


def for_reading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let GET and HEAD in; answer every other method with a problem document."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.method in READING else _not_allowed()

    return read


class TileMiddleware:
    """Answer tile addresses before any other machinery runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a tile, or pass the request on."""
        match = TILE_PATH.fullmatch(request.path_info)
        if match is None:
            return self.get_response(request)
        if request.method not in READING:
            return _not_allowed()
        layer_id, revision, *numbers = match.groups()
        try:
            return tile(request, layer_id, int(revision), mvt.Tile(*map(int, numbers)))
        except (OperationalError, InterfaceError):
            return _problem(
                503, "database-away", "Cơ sở dữ liệu tạm ngưng / Database away", headers={"Retry-After": "30"}
            )


def tile(request: HttpRequest, layer_id: str, revision: int, tile: mvt.Tile) -> HttpResponse:
    """Answer one tile of one revision: kept, or made once on demand."""
    layer = find_layer(layer_id)
    if layer is None:
        return _problem(404, "unknown-layer", "Không có lớp này / No such layer; see /tiles/layers.json")
    if not tile.exists:
        return _problem(400, "bad-tile", "Ô bản đồ ngoài phạm vi / Tile number out of range")
    data = cache.find(layer.id, revision, tile.z, tile.x, tile.y)
    if data is None:
        with cache.alone(layer.id, revision, tile):
            data = cache.find(layer.id, revision, tile.z, tile.x, tile.y)
            if data is None:
                data = _make(layer, revision, tile)
    if data is None:
        return _gone_or_unknown(layer, revision)
    return _answer(request, data, FOREVER)


@for_reading
def layers_json(request: HttpRequest) -> HttpResponse:
    """Describe every public layer."""
    current = revisions.current_all()
    credit = tilejson.credits_of_layers()
    described = [
        tilejson.describe_layer(layer, current.get(layer.id), credit.get(layer.id, tilejson.Credits()))
        for layer in all_layers()
    ]
    body = {"layers": described}
    return _document(request, body)


@for_reading
def tilejson_view(request: HttpRequest, layer_id: str) -> HttpResponse:
    """Answer the TileJSON of a layer: the one address that names its current revision."""
    layer = find_layer(layer_id)
    if layer is None:
        return _problem(404, "unknown-layer", "Không có lớp này / No such layer; see /tiles/layers.json")
    try:
        on = _on(request)
    except BadParameter:
        return _bad_date()
    credit = tilejson.credits_of_layers().get(layer.id, tilejson.Credits())
    return _document(request, tilejson.tilejson(layer, revisions.current(layer.id), credit, _site(request), on=on))


@for_reading
def area_json(request: HttpRequest) -> HttpResponse:
    """Name the tiles of an area and their weight, for who keeps it for offline."""
    try:
        west, south, east, north = box = parse_box(request.GET.get("bbox", ""))
    except ValueError:
        title = "“bbox”: hãy viết như 108.42,11.93,108.46,11.96 / write it like 108.42,11.93,108.46,11.96"
        return _problem(400, "bad-parameter", title)
    if area.is_too_large(box):
        return _problem(400, "area-too-large", "Vùng quá rộng, hãy phóng to / The area is too large, zoom in")
    wanted = request.GET.get("layers", "").split(",")
    current = revisions.current_all()
    found = {
        layer.id: area.find_tiles(layer, current[layer.id].number, box)
        for layer in all_layers()
        if layer.id in wanted and layer.id in current
    }
    body = {
        "bbox": [west, south, east, north],
        "zooms": area.ZOOMS,
        "bytes": sum(one.bytes for one in found.values()),
        "layers": {layer_id: asdict(one) for layer_id, one in found.items()},
    }
    return _document(request, body)


@for_reading
def style_json(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a MapLibre style."""
    if name not in styles.STYLES:
        return _problem(404, "unknown-style", f"Kiểu bản đồ: {', '.join(styles.STYLES)} / styles we have")
    try:
        on = _on(request)
    except BadParameter:
        return _bad_date()
    return _document(request, styles.style(name, _site(request), on=on))


@for_reading
def edition_tile(request: HttpRequest, layer_id: str, edition: int, z: int, x: int, y: int) -> HttpResponse:
    """Preview a tile of an edition that is not live; for planners, as if absent for others."""
    layer, place = find_layer(layer_id), mvt.Tile(z, x, y)
    planner = request.user.is_authenticated and request.user.has_perm("accounts.receive_delivery")
    if layer is None or not planner or not Edition.objects.filter(pk=edition, dataset__layer=layer_id).exists():
        return _problem(404, "not-found", "Không tìm thấy / Not found")
    if not place.exists:
        return _problem(400, "bad-tile", "Ô bản đồ ngoài phạm vi / Tile number out of range")
    return _answer(request, igzip.compress(mvt.render_edition(layer, edition, place), 1), "no-store")


@for_reading
def bad_tile(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer a malformed tile address."""
    return _problem(
        400,
        "bad-tile",
        "Địa chỉ ô bản đồ sai / Malformed tile address: /tiles/{layer}/{revision}/{z}/{x}/{y}.mvt",
    )


def _make(layer: Layer, revision: int, tile: mvt.Tile) -> bytes | None:
    if tile.z < layer.zooms[0]:
        return b"" if _current_number(layer) == revision else None
    _number, raw = mvt.render(layer, revision, tile)
    if raw is None:
        return None
    # isal: a fifth of the time that zlib takes for the same size.
    data = igzip.compress(raw, 1) if raw else b""
    cache.keep(layer.id, revision, tile.z, tile.x, tile.y, data)
    return data


def _current_number(layer: Layer) -> int:
    revision = revisions.current(layer.id)
    return revision.number if revision else 0


def _gone_or_unknown(layer: Layer, revision: int) -> HttpResponse:
    if Revision.objects.filter(layer=layer.id, number=revision).exists():
        return _problem(
            410, "revision-gone", f"Phiên bản cũ / Superseded or withdrawn; read /tiles/{layer.id}.json again"
        )
    return _problem(404, "unknown-revision", f"Không có phiên bản này / Never used; see /tiles/{layer.id}.json")


def _answer(request: HttpRequest, data: bytes, caching: str) -> HttpResponse:
    if not data:
        response = HttpResponse(status=204)
        del response["Content-Type"]
    else:
        response = packed.respond(request, data, MVT_TYPE)
    response["Cache-Control"] = caching
    response["Vary"] = "Accept-Encoding"
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _document(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=60"
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Host"])
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _not_allowed() -> HttpResponse:
    title = "Chỉ đọc được bằng GET / Read it with GET"
    return _problem(405, "method-not-allowed", title, headers={"Allow": ", ".join(READING)})


def _problem(status: int, type: str, title: str, headers: dict[str, str] | None = None) -> HttpResponse:  # noqa: A002
    body = {"type": type, "title": title, "status": status}
    response = JsonResponse(body, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/problem+json"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store" if status >= 500 else "public, max-age=60"
    return response


def _on(request: HttpRequest) -> date:
    return parse_date(request.GET, "on", default=timezone.localdate())


def _bad_date() -> HttpResponse:
    title = "“on” không phải là ngày, hãy viết như 2026-01-31 / “on” is not a date, write it like 2026-01-31"
    return _problem(400, "bad-parameter", title)


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
