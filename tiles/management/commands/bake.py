from typing import Any

from django.core.management.base import CommandParser

from tiles import baking
from tiles.management.commands._road import RoadCommand
from tiles.registry import all_layers


class Command(RoadCommand):
    help = "Make the tiles of every layer's current revision that are not kept yet."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("layers", nargs="*")

    def answer(self, **options: Any) -> dict[str, Any]:
        chosen = [self.layer(name) for name in options["layers"]] or list(all_layers())
        return {"tiles": {layer.id: baking.bake(layer, progress=self.progress) for layer in chosen}}
