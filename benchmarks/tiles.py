"""Tiles made on demand against the bare affine statement, nothing kept."""

import random
from collections.abc import Iterator

from benchmarks import load
from benchmarks.figure import Figure
from tiles import mvt, revisions
from tiles.registry import get_layer

CASES = (("zones", 12, 0.70), ("parcels", 14, 0.70), ("parcels", 16, 0.45))
SAMPLE = 60


def measure() -> Iterator[Figure]:
    """Yield tiles a second as a share of what the database alone makes."""
    with load.serving(TILES_ROOT="") as site:
        for layer_id, z, goal in CASES:
            layer = get_layer(layer_id)
            revision = revisions.current(layer_id)
            assert revision is not None
            made = [mvt.Tile(z, x, y) for x, y, _data in mvt.bake(layer, z)]
            tiles = random.Random(1).sample(made, min(SAMPLE, len(made)))  # noqa: S311
            bare = load.sql([mvt.bare_statement(layer, tile) for tile in tiles])
            paths = [f"/tiles/{layer_id}/{revision.number}/{tile.z}/{tile.x}/{tile.y}.mvt" for tile in tiles]
            ours = load.http(site, paths)
            yield Figure(
                name=f"tile on demand, {layer_id} z{z}, share of the bare affine SQL",
                value=ours["per_second"] / bare,
                unit="ratio",
                goal=goal,
                better="higher",
                note=f"{ours['per_second']:.0f}/s of {bare:.0f}/s, {ours['errors']} errors, {len(tiles)} tiles",
            )
    with load.serving() as site:
        ours = load.http(site, paths)
        yield Figure(
            name="kept tile, parcels z16", value=ours["per_second"], unit="1/s", note=f"p95 {ours['p95']:.1f} ms"
        )
