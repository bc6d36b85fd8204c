"""What is checked before a delivery is published. Every rule yields issues; no row is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

import numpy as np
import shapely
from django.db import connection, models
from django.db.models import F

from planning.models import Plan, StreetSegment, Ward
from planning.outlines import Numbers, Outlines, Shapes, areas_of, find_overlapping, limit_of, parcels_of
from planning.sql import statement
from tiles.ingest import issues
from tiles.models import Edition, Issue

# Outlines drawn on another day never meet to the millimetre: less than this is no overlap, gap or excess.
TOLERANCE_M2 = 0.1
# Registered and measured area may differ by this part before a note is worth reading.
AREA_PART = 0.05
LISTED = 1000
# Row of a plan that no delivery holds: its limit was drawn around its areas.
DRAWN_AROUND = 0


def parcels_numbered_once(edition: Edition) -> Iterator[Issue]:
    """Parcels of other live datasets must not carry the same ward, sheet and number."""
    with connection.cursor() as cursor:
        cursor.execute(statement("parcels_numbered_twice"), {"edition": edition.pk, "dataset": edition.dataset_id})
        found = cursor.fetchall()
    yield from _capped(
        issues.new(edition, "parcel-numbered-twice", row=row, place=(x, y), values={"code": code, "other": other})
        for row, x, y, code, other in found
    )


def parcels_in_wards(edition: Edition) -> Iterator[Issue]:
    """Every parcel must lie in a published unit, once units are published at all."""
    with connection.cursor() as cursor:
        cursor.execute(statement("parcels_without_ward"), {"edition": edition.pk})
        found = cursor.fetchall()
    yield from _capped(
        issues.new(edition, "parcel-outside-wards", row=row, place=(x, y), values={"code": code})
        for row, x, y, code in found
    )


def parcels_apart(edition: Edition) -> Iterator[Issue]:
    """Parcels of one delivery must not overlap."""
    yield from _capped(_overlaps(edition, "parcels-overlap", parcels_of([edition.pk])))


def parcels_as_registered(edition: Edition) -> Iterator[Issue]:
    """Registered and measured area differ by at most 5 %."""
    with connection.cursor() as cursor:
        cursor.execute(statement("parcels_of_other_area"), {"edition": edition.pk, "part": AREA_PART})
        found = cursor.fetchall()
    yield from _capped(
        issues.new(
            edition,
            "area-differs",
            row=row,
            place=(x, y),
            values={"registered_m2": round(registered_m2, 1), "measured_m2": round(measured_m2, 1)},
        )
        for row, x, y, registered_m2, measured_m2 in found
    )


def one_plan(edition: Edition) -> Iterator[Issue]:
    """A delivery holds one plan."""
    count = Plan.objects.of(edition).count()
    if count > 1:
        yield issues.new(edition, "plan-twice", values={"count": count})


def areas_apart(edition: Edition) -> Iterator[Issue]:
    """Areas of one plan must not overlap."""
    yield from _capped(_overlaps(edition, "zones-overlap", areas_of(edition.pk)))


def areas_fill_plan(edition: Edition) -> Iterator[Issue]:
    """The areas of a plan fill the limit it was delivered with and do not leave it."""
    delivered = Plan.objects.of(edition).exclude(row=DRAWN_AROUND)
    areas, limit = areas_of(edition.pk), limit_of(edition.pk)
    if limit is None or not len(areas.ids) or not delivered.exists():
        return
    gaps = shapely.get_parts(shapely.difference(limit, shapely.union_all(areas.shapes)))
    yield from _capped(
        issues.new(edition, "zone-gap", place=_inside(gap), values={"area_m2": round(gap.area, 1)})
        for gap in sorted(gaps, key=shapely.area, reverse=True)
        if gap.area >= TOLERANCE_M2
    )
    shapely.prepare(limit)
    leaving = np.flatnonzero(~shapely.covers(limit, areas.shapes))
    outside = shapely.difference(areas.shapes[leaving], limit)
    yield from _capped(
        issues.new(edition, "zone-outside-plan", row=row, place=_inside(part), values={"area_m2": round(part.area, 1)})
        for row, part in zip(areas.rows[leaving].tolist(), outside, strict=True)
        if part.area >= TOLERANCE_M2
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


def streets_known(edition: Edition) -> Iterator[Issue]:
    """Every row of a price table has its road on the map."""
    with connection.cursor() as cursor:
        cursor.execute(statement("unknown_streets"), {"edition": edition.pk})
        found = cursor.fetchall()
    yield from _capped(
        issues.new(
            edition,
            "street-unknown",
            row=row,
            column="TEN_DUONG",
            values={"street": street, "from": from_street, "to": to_street, "alike": alike or "–"},
        )
        for row, street, from_street, to_street, alike in found
    )


def in_force_in_order(edition: Edition) -> Iterator[Issue]:
    """What the law ends, it began before."""
    dated: tuple[type[models.Model], ...] = (Plan, Ward, StreetSegment)
    for model in dated:
        rows = model._default_manager.filter(edition=edition, in_force_until__lt=F("in_force_from"))
        for row, begins, ends in rows.values_list("row", "in_force_from", "in_force_until"):
            values = {"from": begins.isoformat(), "until": ends.isoformat()}
            yield issues.new(edition, "in-force-order", row=row, values=values)


def _overlaps(edition: Edition, code: str, outlines: Outlines) -> Iterator[Issue]:
    first, second, common = _common_areas(outlines.shapes)
    for a, b, area in zip(first.tolist(), second.tolist(), common, strict=True):
        values = {"other": int(outlines.rows[a]), "area_m2": round(area.area, 1)}
        yield issues.new(edition, code, row=int(outlines.rows[b]), place=_inside(area), values=values)


def _common_areas(shapes: Shapes) -> tuple[Numbers, Numbers, Shapes]:
    """Return the pairs of shapes that share more than the tolerance, and what they share."""
    if not len(shapes):
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, shapes
    suspects = np.flatnonzero(find_overlapping(shapes))
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes[suspects], predicate="intersects")
    first = suspects[first]
    pairs = np.unique(np.sort(np.stack([first, second], axis=1)[first != second], axis=1), axis=0)
    common = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    shared = shapely.area(common) >= TOLERANCE_M2
    return pairs[shared, 0], pairs[shared, 1], common[shared]


def _inside(shape: shapely.Geometry) -> tuple[float, float]:
    point = shapely.point_on_surface(shape)
    return point.x, point.y


def _capped(found: Iterable[Issue]) -> Iterator[Issue]:
    """Pass the first issues on; how many more there are is said, not hidden."""
    every = iter(found)
    last: Issue | None = None
    for last in islice(every, LISTED):
        yield last
    more = sum(1 for _issue in every)
    if more and last is not None:
        values = {"count": more, "code": last.code, "listed": LISTED}
        yield issues.new(last.edition, "more-issues", values=values)


PARCEL_RULES = (parcels_numbered_once, parcels_in_wards, parcels_apart, parcels_as_registered)
PLAN_RULES = (one_plan, areas_apart, areas_fill_plan, in_force_in_order)
PRICE_RULES = (streets_known, prices_above_zero, prices_fall_by_position, in_force_in_order)
WARD_RULES = (in_force_in_order,)
