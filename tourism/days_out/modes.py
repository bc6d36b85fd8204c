"""How fast a visitor gets on."""

from dataclasses import dataclass
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tourism.days_out.network import Distance
from tourism.walking import DETOUR, METRES_A_MINUTE


@dataclass(frozen=True, kw_only=True)
class Mode:
    """A way of getting about; `parking_minutes` are spent at the end of every way."""

    id: str
    label: Promise
    metres_a_minute: float
    parking_minutes: int = 0
    # Metres of road width below which it does not fit in; None: it goes everywhere, on footpaths too.
    narrowest_m: float | None = None

    def fits(self, road_class: str, width_m: float | None) -> bool:
        """Tell whether it may use a road of this class and width; unknown widths are wide enough."""
        if self.narrowest_m is None:
            return True
        return road_class != "path" and (width_m is None or width_m >= self.narrowest_m)

    def minutes(self, distance: Distance) -> int:
        """Return how long a way takes, rounded up: between road and place everybody walks."""
        if not any(distance):
            return 0
        riding = (distance.road_m + distance.straight_m * DETOUR) / self.metres_a_minute
        return max(1, ceil(riding + distance.foot_m * DETOUR / METRES_A_MINUTE)) + self.parking_minutes


# In town a motorbike makes 25 km/h door to door and a car 20: bends, climbs, no traffic light but many crossings.
MODES = {
    mode.id: mode
    for mode in (
        Mode(id="walk", label=_("On foot"), metres_a_minute=METRES_A_MINUTE),
        Mode(id="motorbike", label=_("By motorbike"), metres_a_minute=417, parking_minutes=2, narrowest_m=1),
        Mode(id="car", label=_("By car"), metres_a_minute=333, parking_minutes=5, narrowest_m=3),
    )
}


def metres(distance: Distance) -> float:
    """Return the length of a way; where no road is known, the crow's flight is made longer."""
    return distance.road_m + (distance.foot_m + distance.straight_m) * DETOUR
