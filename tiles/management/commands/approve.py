from typing import Any

from django.core.management.base import CommandParser

from tiles import editions
from tiles.management.commands._road import RoadCommand


class Command(RoadCommand):
    help = "Approve a checked edition as the second person."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("edition", type=int)
        parser.add_argument("--by", required=True)

    def answer(self, **options: Any) -> dict[str, Any]:
        edition = editions.approve(self.edition(options["edition"]), by=self.user(options["by"]), now=self.now)
        return {"edition": edition.pk, "state": edition.state, "content": edition.approved_sha256}
