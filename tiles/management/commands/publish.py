from typing import Any

from django.core.management.base import CommandParser

from tiles import editions
from tiles.difference import difference
from tiles.management.commands._road import RoadCommand


class Command(RoadCommand):
    help = "Publish an approved edition; shows the difference only, until --commit."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("edition", type=int)
        parser.add_argument("--by", required=True)
        parser.add_argument("--commit", action="store_true", help="really publish")

    def answer(self, **options: Any) -> dict[str, Any]:
        edition, by = self.edition(options["edition"]), self.user(options["by"])
        if not options["commit"]:
            return {
                "edition": edition.pk,
                "state": edition.state,
                "dry": "add --commit to publish",
                **difference(edition),
            }
        revision = editions.publish(edition, by=by, now=self.now)
        return {
            "edition": edition.pk,
            "state": "live",
            "layer": revision.layer,
            "revision": revision.number,
        }
