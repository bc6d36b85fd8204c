"""What a day out is asked for, and its one spelling as an address: the whole plan is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from portal.calendar import CITY_ZONE

LonLat = tuple[float, float]
# More is no day out; it also bounds the work of one request.
MOST_STOPS = 12
# Minutes at a stop.
SHORTEST, LONGEST = 5, 240
MORNING = time(8)
# From then on a day out is one of tomorrow.
LATE = time(15)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Stops by code in order with minutes to stay (None: as usual there), a start, a mode; where it starts and ends."""

    start: datetime
    codes: tuple[str, ...] = ()
    stays: tuple[int | None, ...] = ()
    mode: str = "walk"
    origin: LonLat | None = None
    destination: LonLat | None = None
    # What they were called.
    origin_name: str = ""
    destination_name: str = ""

    @property
    def query(self) -> str:
        """The day as the query of an address; values left out are as usual."""
        stays = ",".join("" if stay is None else str(stay) for stay in self.stays)
        values = {
            "stops": ",".join(self.codes),
            "start": f"{self.start.astimezone(CITY_ZONE):%Y-%m-%dT%H:%M}",
            "mode": self.mode,
            "stay": stays if stays.strip(",") else "",
            "origin": _spell(self.origin, self.origin_name),
            "destination": _spell(self.destination, self.destination_name),
        }
        return urlencode({name: value for name, value in values.items() if value}, safe=",:")

    def with_stop(self, code: str) -> Asked:
        """The day with one stop more at its end; once only."""
        if code in self.codes:
            return self
        return replace(self, codes=(*self.codes, code), stays=(*self.stays, None))

    def without(self, position: int) -> Asked:
        """The day without one of its stops."""
        return self.in_order([number for number in range(len(self.codes)) if number != position])

    def moved(self, position: int, by: int) -> Asked:
        """The day with one stop moved `by` places."""
        order = list(range(len(self.codes)))
        order.insert(position + by, order.pop(position))
        return self.in_order(order)

    def in_order(self, order: Sequence[int]) -> Asked:
        """The day with these of its stops in this order."""
        return replace(self, codes=tuple(self.codes[n] for n in order), stays=tuple(self.stays[n] for n in order))


def usual_start(now: datetime) -> datetime:
    """Return when a day begins unless told otherwise: within a quarter of an hour, or tomorrow morning."""
    local = now.astimezone(CITY_ZONE)
    if local.time() >= LATE:
        return datetime.combine(local.date() + timedelta(days=1), MORNING, CITY_ZONE)
    soon = local.replace(minute=local.minute // 15 * 15, second=0, microsecond=0) + timedelta(minutes=15)
    return max(soon, datetime.combine(local.date(), MORNING, CITY_ZONE))


def _spell(point: LonLat | None, name: str) -> str:
    if point is None:
        return ""
    # As people write it where it is read beside its name.
    return f"{name} ({point[1]:.6f},{point[0]:.6f})" if name else f"{point[0]:.6f},{point[1]:.6f}"
