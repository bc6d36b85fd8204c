"""What is checked before a delivery is published. Every rule yields issues; no row is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Any

import numpy as np
import shapely
from django.db import connection, models
from django.db.models import F

from planning.models import Parcel, Plan, PriceRule, StreetSegment, Ward
from planning.outlines import areas_of, limit_of
from planning.prices.rules import missing_columns
from planning.sql import statement
from tiles.coverage import TOLERANCE_M2
from tiles.ingest import issues
from tiles.models import Edition, Issue

LISTED = 1000
# Row of a plan that no delivery holds: its limit was drawn around its areas.
DRAWN_AROUND = 0


def parcels_numbered_once(edition: Edition) -> Iterator[Issue]:
    """Parcels of other live datasets must not carry the same ward, sheet and number."""
    found = _found("parcels_numbered_twice", edition=edition.pk, dataset=edition.dataset_id)
    yield from _capped(
        edition,
        "parcel-numbered-twice",
        ({"row": row, "place": (x, y), "values": {"code": code, "other": other}} for row, x, y, code, other in found),
    )


def lineage_leads_on(edition: Edition) -> Iterator[Issue]:
    """A step of lineage leads from a number that is gone to one that is there."""
    found = _found("lineage_faults", edition=edition.pk)
    for row, predecessor, successor, still_there in found[:LISTED]:
        code = "lineage-still-there" if still_there else "lineage-leads-nowhere"
        yield issues.new(edition, code, row=row, values={"old": predecessor, "new": successor})


def former_parcels_lead_on(edition: Edition) -> Iterator[Issue]:
    """A parcel that is no more ends when the lineage says what became of it."""
    found = _found("former_without_step", edition=edition.pk)
    yield from _capped(
        edition,
        "former-parcel-without-step",
        ({"row": row, "values": {"code": code, "until": until.isoformat()}} for row, code, until in found),
    )


def one_plan(edition: Edition) -> Iterator[Issue]:
    """A delivery holds one plan."""
    count = Plan.objects.of(edition).count()
    if count > 1:
        yield issues.new(edition, "plan-twice", values={"count": count})


def areas_fill_plan(edition: Edition) -> Iterator[Issue]:
    """The areas of a plan fill the limit it was delivered with and do not leave it."""
    delivered = Plan.objects.of(edition).exclude(row=DRAWN_AROUND)
    areas, limit = areas_of(edition.pk), limit_of(edition.pk)
    if limit is None or not len(areas.ids) or not delivered.exists():
        return
    gaps = shapely.get_parts(shapely.difference(limit, shapely.union_all(areas.shapes)))
    large = (gap for gap in sorted(gaps, key=shapely.area, reverse=True) if gap.area >= TOLERANCE_M2)
    yield from _capped(
        edition, "zone-gap", ({"place": _inside(gap), "values": {"area_m2": round(gap.area, 1)}} for gap in large)
    )
    shapely.prepare(limit)
    leaving = np.flatnonzero(~shapely.covers(limit, areas.shapes))
    outside = shapely.difference(areas.shapes[leaving], limit)
    yield from _capped(
        edition,
        "zone-outside-plan",
        (
            {"row": row, "place": _inside(part), "values": {"area_m2": round(part.area, 1)}}
            for row, part in zip(areas.rows[leaving].tolist(), outside, strict=True)
            if part.area >= TOLERANCE_M2
        ),
    )


def prices_above_zero(edition: Edition) -> Iterator[Issue]:
    """A price is above zero."""
    for segment in StreetSegment.objects.of(edition).order_by("row"):
        for position, price in enumerate(segment.prices, start=1):
            if price is not None and price <= 0:
                column = f"GIA_VT{position}"
                values = {"position": position, "price": price, "column": column}
                yield issues.new(edition, "price-negative", row=segment.row, column=column, values=values)


def prices_fall_by_position(edition: Edition) -> Iterator[Issue]:
    """A later position is not dearer; where the law itself has it so, it is kept and named."""
    for segment in StreetSegment.objects.of(edition).order_by("row"):
        known = [(position, price) for position, price in enumerate(segment.prices, start=1) if price is not None]
        for (before, price_before), (position, price) in pairwise(known):
            if price > price_before:
                values = {"position": position, "price": price, "before": before, "price_before": price_before}
                yield issues.new(edition, "price-later-dearer", row=segment.row, values=values)


def price_rules_complete(edition: Edition) -> Iterator[Issue]:
    """Every line of price rules states what its kind needs."""
    for rule in PriceRule.objects.of(edition).order_by("row"):
        if lacks := missing_columns(rule):
            values = {"rule": rule.get_kind_display(), "columns": ", ".join(lacks)}
            yield issues.new(edition, "price-rule-incomplete", row=rule.row, values=values)


def streets_known(edition: Edition) -> Iterator[Issue]:
    """Every row of a price table has its road on the map."""
    found = _found("unknown_streets", edition=edition.pk)
    yield from _capped(
        edition,
        "street-unknown",
        (
            {
                "row": row,
                "column": "TEN_DUONG",
                "values": {"street": street, "from": from_street, "to": to_street, "alike": alike or "–"},
            }
            for row, street, from_street, to_street, alike in found
        ),
    )


def in_force_in_order(edition: Edition) -> Iterator[Issue]:
    """What the law ends, it began before."""
    dated: tuple[type[models.Model], ...] = (Plan, Ward, StreetSegment, PriceRule, Parcel)
    for model in dated:
        rows = model._default_manager.filter(edition=edition, in_force_until__lt=F("in_force_from"))
        for row, begins, ends in rows.values_list("row", "in_force_from", "in_force_until"):
            values = {"from": begins.isoformat(), "until": ends.isoformat()}
            yield issues.new(edition, "in-force-order", row=row, values=values)


def _inside(shape: shapely.Geometry) -> tuple[float, float]:
    point = shapely.point_on_surface(shape)
    return point.x, point.y


def _found(name: str, **parameters: int) -> list[tuple[Any, ...]]:
    """Return the rows of a statement, planned for the rows that were just staged."""
    with connection.cursor() as cursor:
        cursor.execute(statement(name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _capped(edition: Edition, code: str, found: Iterable[dict[str, Any]]) -> Iterator[Issue]:
    """Make issues of the first findings; how many more there are is said, not hidden."""
    every = iter(found)
    for finding in islice(every, LISTED):
        yield issues.new(edition, code, **finding)
    if more := sum(1 for _finding in every):
        yield issues.new(edition, "more-issues", values={"count": more, "code": code, "listed": LISTED})


PARCEL_RULES = (parcels_numbered_once, lineage_leads_on, former_parcels_lead_on, in_force_in_order)
PLAN_RULES = (one_plan, areas_fill_plan, in_force_in_order)
PRICE_RULES = (streets_known, prices_above_zero, prices_fall_by_position, price_rules_complete, in_force_in_order)
WARD_RULES = (in_force_in_order,)
