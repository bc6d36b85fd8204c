"""Reading a parcel's history from the database: two statements, asked only when somebody wants the history."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from planning.extracts.extract import Price
from planning.extracts.history import Event, History, Publication, build_history
from planning.sql import rows_of
from portal.text import slug


def history_of(parcel_id: int, price: Price | None) -> History:
    """Return the history of a live parcel, with the prices of the piece of street that `price` names.

    Titles of datasets are in the active language, moments in local time.
    """
    names = ("street", "from_street", "to_street")
    piece = {name: getattr(price, name) if price else "" for name in names}
    return build_history(
        (_event(row) for row in rows_of("parcel_history", parcel=parcel_id, **piece)),
        (_publication(row) for row in rows_of("parcel_publications", parcel=parcel_id)),
    )


def _event(row: dict[str, Any]) -> Event:
    prices = row.pop("prices")
    return Event(**row, prices_vnd_per_m2=tuple(prices) if prices else None, url=_url(row))


def _url(row: dict[str, Any]) -> str:
    if row["kind"] == "plan":
        return f"/plans/{row['code']}"
    return f"/streets/{slug(row['title'].partition(' – ')[0])}" if row["kind"] == "price" else ""


def _publication(row: dict[str, Any]) -> Publication:
    vi, en = row.pop("title_vi"), row.pop("title_en")
    replaced = row["replaced"]
    return Publication(
        **{
            **row,
            "title": (en or vi) if get_language() == "en" else vi,
            "published": timezone.localtime(row["published"]),
            "replaced": timezone.localtime(replaced) if replaced else None,
        }
    )
