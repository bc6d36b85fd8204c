from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from planning.documents import add_document, document_name
from tiles.management.commands._road import RoadCommand
from tiles.models import Dataset


class Command(RoadCommand):
    help = "Add a document (PDF, JPG, text) to a plan; the public can download it. Dry until --commit."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("plan", help="code of the plan, such as qpk-01")
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", required=True)
        parser.add_argument("--by", required=True)
        parser.add_argument("--commit", action="store_true")

    def answer(self, **options: Any) -> dict[str, Any]:
        dataset = Dataset.objects.filter(layer__in=("zones", "land-use"), code=options["plan"]).first()
        if dataset is None:
            raise CommandError(f"There is no plan {options['plan']}. `./city layers` lists them.")
        by, path = self.user(options["by"]), options["file"]
        address = f"/plans/{dataset.code}/documents/{document_name(path)}"
        if not options["commit"]:
            size = path.stat().st_size
            return {"would add": options["title"], "address": address, "size": size, "to do so": "add --commit"}
        added = add_document(dataset, path, title=options["title"], by=by, now=self.now)
        return {"added": added.title, "address": address, "sha256": added.sha256, "size": added.size}
