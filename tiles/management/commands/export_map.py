from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from tiles.management.commands._road import RoadCommand
from tiles.one_file_map import MAX_ROWS, TooManyRowsError, one_file_map


class Command(RoadCommand):
    help = "Write a layer as one HTML file with a map that needs no network."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("layer")
        parser.add_argument("--to", type=Path, metavar="FILE.html", required=True)
        parser.add_argument("--bbox", metavar="WEST,SOUTH,EAST,NORTH", help="WGS 84; the whole layer when missing")

    def answer(self, **options: Any) -> dict[str, Any]:
        layer, target = self.layer(options["layer"]), options["to"]
        if target.suffix != ".html":
            raise CommandError(f"{target.name}: the map is written as .html.")
        try:
            page = one_file_map(layer, bounds=_bounds(options["bbox"]))
        except TooManyRowsError as error:
            raise CommandError(
                f"{error.args[0]:,} rows are too many for one file ({MAX_ROWS:,}): give --bbox."
            ) from None
        target.write_text(page, encoding="utf-8")
        return {"written": str(target), "bytes": target.stat().st_size}


def _bounds(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        raise CommandError(f"--bbox {text}: give four numbers, west,south,east,north.") from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise CommandError(f"--bbox {text}: west before east, south before north, in degrees.")
    return west, south, east, north
