from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from tiles import editions
from tiles.ingest.pipeline import Options
from tiles.management.commands._road import RoadCommand, summary
from tiles.models import Dataset


class Command(RoadCommand):
    help = "Take a supplier's file: keep it, read it, stage its rows as a new edition that nobody sees."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("layer")
        parser.add_argument("dataset")
        parser.add_argument("file", type=Path)
        parser.add_argument("--layer-name", help="the table of the file to read")
        parser.add_argument("--crs", help="its coordinate system, as EPSG:5899")
        parser.add_argument("--encoding", help="utf-8, windows-1258, tcvn3 or vni")
        parser.add_argument("--map", action="append", default=[], metavar="COLUMN=field", help="what a column means")
        parser.add_argument(
            "--repair", action="append", default=[], metavar="CODE", help="accept the repair of an issue"
        )
        parser.add_argument("--supplier", default="")
        parser.add_argument("--licence", default="")
        parser.add_argument("--title", help="title of a new dataset")
        parser.add_argument("--by", help="who stages it")

    def answer(self, **options: Any) -> dict[str, Any]:
        layer, path = self.layer(options["layer"]), options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        columns = dict(pair.partition("=")[::2] for pair in options["map"])
        dataset, _made = Dataset.objects.get_or_create(
            layer=layer.id,
            code=options["dataset"],
            defaults={"title_vi": options["title"] or options["dataset"]},
        )
        by = self.user(options["by"]) if options["by"] else None
        delivery = editions.receive(
            dataset, path, by=by, now=self.now, supplier=options["supplier"], licence=options["licence"]
        )
        edition = editions.stage(
            delivery,
            by=by,
            now=self.now,
            progress=self.progress,
            options=Options(
                layer_name=options["layer_name"],
                crs=options["crs"],
                encoding=options["encoding"],
                columns=columns,
                repairs=frozenset(options["repair"]),
            ),
        )
        found = list(edition.issues.all())
        return {
            "edition": edition.pk,
            "state": edition.state,
            "rows": edition.rows,
            "sha256": delivery.sha256,
            "reading": edition.reading,
            "issues": summary(found),
        }
