"""What was published when: every publication and roll-back, from the revisions of the layers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Min, Q, QuerySet

from planning.models import Plan, StreetSegment
from portal.text import told
from tiles.models import Dataset, Edition, Revision
from tiles.registry import Layer, find_layer

Kind = Literal["new", "replaced", "put-back", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class DatasetChange:
    """What became of one dataset; `edition` and `rows` are None when it left the map. `decision` says why."""

    code: str
    title: str
    kind: Kind
    edition: int | None
    edition_before: int | None
    rows: int | None
    rows_before: int | None
    decision: str
    supplier: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One change of what the public sees of a layer."""

    id: int
    layer: str
    layer_title: str
    revision: int
    moment: datetime
    changes: tuple[DatasetChange, ...]

    @property
    def title(self) -> str:
        """The layer, and the dataset when it is one alone."""
        if len(self.changes) == 1:
            return f"{self.layer_title}: {self.changes[0].title}"
        return f"{self.layer_title} ({len(self.changes)})"


def publications(
    *,
    since: datetime | None = None,
    layer: Layer | None = None,
    about: dict[str, set[str]] | None = None,
) -> QuerySet[Revision]:
    """Return the revisions that published or took back datasets, the latest first; `about` is datasets by layer."""
    # Layers edited row by row have no datasets; the desk's reasons are nobody else's business.
    found = Revision.objects.exclude(datasets=[]).order_by("-pk")
    if since:
        found = found.filter(created__gte=since)
    if layer:
        found = found.filter(layer=layer.id)
    if about is not None:
        wanted = Q(pk__in=[])
        for layer_id, codes in about.items():
            for code in codes:
                wanted |= Q(layer=layer_id, datasets__contains=[{"dataset": code}])
        found = found.filter(wanted)
    return found


def read(revisions: Iterable[Revision], *, about: dict[str, set[str]] | None = None) -> list[Publication]:
    """Return the publications with what they changed, in the active language; a handful of statements for all.

    `about`: datasets by layer; the others of the same publication are left out.
    """
    rows = list(revisions)
    used = {number for row in rows for each in row.datasets for number in (each["before"], each["after"]) if number}
    editions = Edition.objects.select_related("delivery").in_bulk(used)
    titles = {
        (dataset.layer, dataset.code): told(dataset.title_vi, dataset.title_en) for dataset in Dataset.objects.all()
    }
    instruments = _instruments(used)
    return [
        Publication(
            id=row.pk,
            layer=row.layer,
            layer_title=_layer_title(row.layer),
            revision=row.number,
            moment=row.created,
            changes=tuple(
                _change(each, titles.get((row.layer, each["dataset"]), each["dataset"]), editions, instruments)
                for each in row.datasets
                if about is None or each["dataset"] in about.get(row.layer, ())
            ),
        )
        for row in rows
    ]


def _change(
    each: dict, title: str, editions: dict[int, Edition], instruments: dict[int, tuple[str, str]]
) -> DatasetChange:
    after, before = editions.get(each["after"]), editions.get(each["before"])
    decision, url = instruments.get(each["after"] or each["before"], ("", ""))
    return DatasetChange(
        code=each["dataset"],
        title=title,
        kind=_kind(each["before"], each["after"]),
        edition=each["after"],
        edition_before=each["before"],
        rows=after.rows if after else None,
        rows_before=before.rows if before else None,
        decision=decision,
        supplier=after.delivery.supplier if after else "",
        url=url if after else "",
    )


def _kind(before: int | None, after: int | None) -> Kind:
    if after is None:
        return "withdrawn"
    if before is None:
        return "new"
    # Editions are numbered as they arrive.
    return "replaced" if after > before else "put-back"


def _instruments(editions: set[int]) -> dict[int, tuple[str, str]]:
    """Return the decision and the page of the plan, or the decision of the prices, that each edition carries."""
    plans = Plan.objects.filter(edition__in=editions).values_list("edition", "decision", "code")
    found = {edition: (decision, f"/plans/{code}") for edition, decision, code in plans}
    prices = StreetSegment.objects.filter(edition__in=editions).values_list("edition").annotate(Min("decision"))
    return found | {edition: (decision or "", "") for edition, decision in prices}


def _layer_title(layer_id: str) -> str:
    layer = find_layer(layer_id)
    return str(layer.title) if layer else layer_id
