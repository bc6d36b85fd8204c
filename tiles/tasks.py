"""What the worker does for the tiles."""

from django_tasks import task

from tiles import baking
from tiles.registry import find_layer


@task()
def bake(layer_id: str) -> int:
    """Bake what is missing of the layer's current revision; returns how many tiles were made."""
    layer = find_layer(layer_id)
    return baking.bake(layer) if layer else 0
