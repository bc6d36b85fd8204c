"""Reading a parcel's history from the database: two statements, asked only when somebody wants the history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from planning.extracts.extract import Price
from planning.extracts.history import Event, History, Publication, build_history
from planning.lookup import ParcelFacts
from planning.prices.past import Past, Unit
from planning.prices.propose import first_use
from planning.prices.tables import past_of
from planning.sql import rows_of
from portal.text import slug, told


def history_of(parcel: ParcelFacts, price: Price | None) -> History:
    """Return the history of a live parcel, with the prices of the piece of street that `price` names, or of its use.

    Titles of datasets are in the active language, moments in local time.
    """
    names = ("street", "from_street", "to_street")
    piece = {name: getattr(price, name) if price else "" for name in names}
    events = [_event(row) for row in rows_of("parcel_history", parcel=parcel.pk, **piece)]
    units = [
        Unit(code=event.code, in_force_from=event.in_force_from, in_force_until=event.in_force_until)
        for event in events
        if event.kind == "ward"
    ]
    past = past_of(first_use(parcel.land_use), units, editions=parcel.rule_editions)
    return build_history(
        [*(_multiplied(event, past) for event in events), *([] if piece["street"] else _prices_of_land(past))],
        (_publication(row) for row in rows_of("parcel_publications", parcel=parcel.pk)),
    )


def _multiplied(event: Event, past: Past) -> Event:
    if event.kind != "price":
        return event
    return replace(event, coefficients=past.coefficients(event.in_force_from, event.in_force_until))


def _prices_of_land(past: Past) -> Iterator[Event]:
    for one in past.of_land(english=get_language() == "en"):
        yield Event(
            kind="price",
            code=one.table,
            title=one.text,
            document=one.decision,
            in_force_from=one.in_force_from,
            in_force_until=one.in_force_until,
            prices_vnd_per_m2=one.prices,
            coefficients=one.coefficients,
        )


def _event(row: dict[str, Any]) -> Event:
    prices, url = row.pop("prices"), _url(row)
    title = told(row.pop("title"), row.pop("title_en"))
    return Event(**row, title=title, prices_vnd_per_m2=tuple(prices) if prices else None, url=url)


def _url(row: dict[str, Any]) -> str:
    if row["kind"] == "plan":
        return f"/plans/{row['code']}"
    return f"/streets/{slug(row['title'].partition(' – ')[0])}" if row["kind"] == "price" else ""


def _publication(row: dict[str, Any]) -> Publication:
    title = told(row.pop("title_vi"), row.pop("title_en"))
    replaced = row["replaced"]
    return Publication(
        **{
            **row,
            "title": title,
            "published": timezone.localtime(row["published"]),
            "replaced": timezone.localtime(replaced) if replaced else None,
        }
    )
