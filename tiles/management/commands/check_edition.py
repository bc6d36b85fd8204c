from typing import Any

from django.core.management.base import CommandParser

from tiles import editions
from tiles.management.commands._road import RoadCommand, summary


class Command(RoadCommand):
    help = "Run the set rules over a staged edition (`./city check EDITION`)."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("edition", type=int)

    def answer(self, **options: Any) -> dict[str, Any]:
        edition = self.edition(options["edition"])
        found = editions.check(edition, now=self.now)
        edition.refresh_from_db()
        return {"edition": edition.pk, "state": edition.state, "rows": edition.rows, "issues": summary(found)}
