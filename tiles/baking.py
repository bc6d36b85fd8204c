"""Baking: publishing makes a revision's tiles once, as files.

A bake may be stopped and run again; until it is done, tiles that are missing are made on demand.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from isal import igzip

from tiles import cache, mvt
from tiles.models import Revision
from tiles.registry import Layer

# A client may hold a TileJSON that is a minute old, so the revision before stays.
KEEP_REVISIONS = 2


def bake(layer: Layer, *, progress: Callable[[str, int], None] = lambda step, count: None) -> int:
    """Bake every tile of the layer's current revision that is not kept yet; returns how many were made."""
    number = _current(layer)
    if number == 0 or cache.folder(layer.id, number) is None:
        return 0
    made = 0
    zooms = range(layer.zooms[0], layer.zooms[1] + 1)
    with ThreadPoolExecutor(max_workers=2) as pool:
        # The dense zooms first, so that both workers end together.
        for z, count in pool.map(lambda z: (z, _bake_zoom(layer, number, z)), reversed(zooms)):
            made += count
            progress(f"{layer.id} z{z}", count)
    for old in cache.kept_revisions(layer.id)[:-KEEP_REVISIONS]:
        cache.forget(layer.id, [old])
    return made


def _bake_zoom(layer: Layer, revision: int, z: int) -> int:
    base = cache.folder(layer.id, revision)
    assert base is not None
    count = 0
    # A second bake of the same zoom waits, and then finds it done.
    with cache.alone("bake", layer.id, z):
        if base.is_file() or (base / cache.MARK / str(z)).exists():
            return 0
        try:
            for x, y, tile in mvt.bake(layer, z):
                cache.keep(layer.id, revision, z, x, y, igzip.compress(tile, 3))
                count += 1
            if _current(layer) != revision:
                # The rows changed while they were read: these tiles belong to no revision.
                cache.forget(layer.id, [revision])
                return 0
        finally:
            connection.close()
        cache.complete(layer.id, revision, [z])
    return count


def _current(layer: Layer) -> int:
    latest = Revision.objects.filter(layer=layer.id, withdrawn=False).order_by("-number").first()
    return latest.number if latest else 0
