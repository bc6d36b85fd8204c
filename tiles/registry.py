"""Layers: what the city publishes on a map, declared once by the app that owns the rows.

As Django's admin does, every installed app may have a module `layers` that calls `register`. Tiles, search,
the service desk and the import read these declarations and know no layer by name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.apps import apps
from django.utils.functional import Promise

from tiles.dates import FROM, UNTIL
from tiles.ingest.source import Source

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from tiles.models import Edition, Issue, LayerRow

    Rule = Callable[[Edition], Iterable[Issue]]
else:
    StrOrPromise = str | Promise
    Rule = Callable[[Any], Iterable[Any]]

Kind = Literal["polygon", "line", "point"]
Group = Literal["base", "planning", "tourism", "desk"]


@dataclass(frozen=True, kw_only=True)
class LegendEntry:
    """One line of a legend: `match` is the value of the layer's `legend_property` it stands for."""

    match: str
    label: Callable[[], str] | StrOrPromise
    colour: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found by search; `lon`, `lat` are WGS 84, `score` is 0-1; dates where the law gave some."""

    kind: str
    code: str
    title: str
    subtitle: str
    url: str
    layer: str
    lon: float | None = None
    lat: float | None = None
    score: float = 0.5
    in_force_from: date | None = None
    in_force_until: date | None = None

    def in_force(self, on: date) -> bool:
        """Tell whether it is in force on a date; what has no dates always is."""
        return (self.in_force_from or on) <= on <= (self.in_force_until or on)


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Something the city publishes on a map."""

    id: str
    title: StrOrPromise
    model: str
    kind: Kind
    group: Group
    zooms: tuple[int, int]
    properties: tuple[str, ...]
    # MapLibre style layers without id, source and source-layer; drawn in this order, `order` sorts layers.
    style: tuple[Mapping[str, Any], ...]
    order: int = 50
    source: Source | None = None
    rules: tuple[Rule, ...] = ()
    # Called inside the publishing transaction, when the rows of all editions of the release are live; with none when a
    # dataset has left the map.
    on_publish: Callable[["list[Edition]"], None] | None = None
    search: Callable[[str, int, str], list[Hit]] | None = None
    # Address of the object's page without language prefix, from its code.
    url: Callable[[str], str] | None = None
    legend: Callable[[], list[LegendEntry]] | None = None
    legend_property: str = ""
    visible: bool = False

    @property
    def dated(self) -> bool:
        """Tell whether the law gave the rows a beginning and an end, so that a map has a date."""
        return {FROM, UNTIL} <= set(self.properties)

    @property
    def rows(self) -> "type[LayerRow]":
        """The model of the layer's rows."""
        return apps.get_model(self.model)


class UnknownLayerError(LookupError):
    """No app declares a layer of this id."""


_layers: dict[str, Layer] = {}


def register(*layers: Layer) -> None:
    """Add `layers` to what the city publishes."""
    for layer in layers:
        if layer.id in _layers:
            raise ValueError(f"layer {layer.id!r} is declared twice")
        _layers[layer.id] = layer


def get_layer(layer_id: str) -> Layer:
    """Return the layer; raises UnknownLayerError."""
    try:
        return _layers[layer_id]
    except KeyError:
        raise UnknownLayerError(layer_id) from None


def find_layer(layer_id: str) -> Layer | None:
    """Return the layer or None."""
    return _layers.get(layer_id)


def all_layers() -> Iterator[Layer]:
    """Every layer in drawing order."""
    yield from sorted(_layers.values(), key=lambda layer: (layer.order, layer.id))
