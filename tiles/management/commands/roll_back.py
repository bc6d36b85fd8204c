from typing import Any

from django.core.management.base import CommandError, CommandParser

from tiles import editions
from tiles.management.commands._road import RoadCommand
from tiles.models import Edition


class Command(RoadCommand):
    help = "Put the edition before the live one back; shows only what would happen, until --commit."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("layer")
        parser.add_argument("dataset")
        parser.add_argument("--by", required=True)
        parser.add_argument("--commit", action="store_true", help="really roll back")

    def answer(self, **options: Any) -> dict[str, Any]:
        dataset, by = self.dataset(options["layer"], options["dataset"]), self.user(options["by"])
        live = Edition.objects.filter(dataset=dataset, state=Edition.State.LIVE).first()
        if live is None:
            raise CommandError(f"{dataset} has no live edition to roll back.")
        before = editions.previous(dataset)
        then = f"edition {before.pk} of {before.published:%Y-%m-%d %H:%M}" if before else "nothing: it leaves the map"
        if not options["commit"]:
            return {"live": live.pk, "then_live": then, "dry": "add --commit to roll back"}
        revision = editions.roll_back(dataset, by=by, now=self.now)
        return {"taken_back": live.pk, "live": then, "revision": revision.number}
