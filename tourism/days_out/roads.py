"""The city's published roads as networks, one a mode, kept for as long as the roads do not change."""

from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from tiles import revisions
from tiles.registry import find_layer
from tourism.days_out.modes import MODES, Mode
from tourism.days_out.network import Network

LAYER = "roads"


def network(mode: Mode) -> Network:
    """Return the roads open to a mode as they are published now; without roads an empty network."""
    revision = revisions.current(LAYER)
    return _build(revision.pk if revision else None, mode.id)


@lru_cache(maxsize=2 * len(MODES))
def _build(revision: int | None, mode: str) -> Network:
    layer = find_layer(LAYER)
    if layer is None or revision is None:
        return Network([])
    live: Any = layer.rows.objects.live()
    rows = live.order_by("code").values_list("geom", "road_class", "width_m")
    outlines = [bytes(geom.wkb) for geom, road_class, width_m in rows if MODES[mode].fits(road_class, width_m)]
    return Network(shapely.get_parts(shapely.from_wkb(np.array(outlines, dtype=object))))
