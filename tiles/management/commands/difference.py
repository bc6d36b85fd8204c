from typing import Any

from django.core.management.base import CommandParser

from tiles.difference import difference
from tiles.management.commands._road import RoadCommand


class Command(RoadCommand):
    help = "Show what the public would see change if an edition were published."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("edition", type=int)

    def answer(self, **options: Any) -> dict[str, Any]:
        edition = self.edition(options["edition"])
        return {"edition": edition.pk, "state": edition.state, **difference(edition)}
