"""The editions an answer rests on, by the names people know: the layer and the title of the dataset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from planning.extracts.answers import EditionUsed
from portal.text import told
from tiles.models import Edition
from tiles.registry import find_layer


@dataclass(frozen=True, kw_only=True)
class NamedEdition:
    """An edition as a reader may look it up; `code` is the dataset's."""

    layer: str
    title: str
    code: str
    edition: int
    published: datetime | None


def named(editions: Iterable[EditionUsed]) -> list[NamedEdition]:
    """Return editions with layer and title in the active language; one that is no longer kept has its code only."""
    used = list(editions)
    kept = Edition.objects.select_related("dataset").in_bulk([one.edition for one in used])
    return [_named(one, kept.get(one.edition)) for one in used]


def _named(used: EditionUsed, kept: Edition | None) -> NamedEdition:
    dataset = kept.dataset if kept else None
    layer = find_layer(dataset.layer) if dataset else None
    return NamedEdition(
        layer=str(layer.title) if layer else "",
        title=told(dataset.title_vi, dataset.title_en) if dataset else "",
        code=used.dataset,
        edition=used.edition,
        published=used.published,
    )
