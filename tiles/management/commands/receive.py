import re
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from tiles import editions, states
from tiles.ingest import issues
from tiles.ingest.legacy import ENCODINGS
from tiles.ingest.pipeline import Options, Refused, check_options
from tiles.management.commands._road import RoadCommand, summary
from tiles.models import Dataset
from tiles.registry import Layer


class Command(RoadCommand):
    help = "Take a supplier's file: keep it, read it, stage its rows as a new edition that nobody sees."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        repairs = ", ".join(kind.code for kind in issues.all_kinds() if kind.repair)
        parser.add_argument("layer")
        parser.add_argument("dataset", help="its code, as qpk-01; a new one is made")
        parser.add_argument("file", type=Path)
        parser.add_argument("--layer-name", help="the table of the file to read")
        parser.add_argument("--crs", help="its coordinate system, as EPSG:5899; EPSG:5899+swapped: north first")
        parser.add_argument(
            "--encoding", help=f"how its text is written: {', '.join(ENCODINGS)}; windows-1258 is cp1258"
        )
        parser.add_argument("--map", action="append", default=[], metavar="COLUMN=field", help="what a column means")
        parser.add_argument(
            "--repair", action="append", default=[], metavar="CODE", help=f"accept the repair of an issue: {repairs}"
        )
        parser.add_argument("--supplier", default="")
        parser.add_argument("--licence", default="")
        parser.add_argument("--title", help="title of a new dataset")
        parser.add_argument("--by", help="who stages it")

    def answer(self, **options: Any) -> dict[str, Any]:
        layer, path = self.layer(options["layer"]), options["file"]
        by = self.user(options["by"]) if options["by"] else None
        _check_file(path)
        chosen = Options(
            layer_name=options["layer_name"],
            crs=options["crs"],
            encoding=options["encoding"],
            columns=dict(_pair(text) for text in options["map"]),
            repairs=frozenset(options["repair"]),
        )
        dataset, made = _find_or_make(layer, options["dataset"], options["title"], chosen)
        delivery = editions.receive(
            dataset, path, by=by, now=self.now, supplier=options["supplier"], licence=options["licence"]
        )
        edition = editions.stage(delivery, by=by, now=self.now, progress=self.progress, options=chosen)
        found = list(edition.issues.all())
        if edition.state == states.REJECTED:
            self.fail(
                *(issues.message(issue) for issue in found),
                edition=edition.pk,
                state=edition.state,
                codes=[issue.code for issue in found],
            )
        return {
            "dataset": f"{dataset}{' (new)' if made else ''}",
            "edition": edition.pk,
            "state": edition.state,
            "rows": edition.rows,
            "sha256": delivery.sha256,
            "reading": edition.reading,
            "issues": summary(found),
        }

    def show(self, answer: dict[str, Any]) -> None:
        reading = answer.pop("reading")
        issues_found = answer.pop("issues")
        super().show(answer)
        for table in reading["tables"]:
            system = f"; {table['crs']['system']} by {table['crs']['how']}" if "crs" in table else ""
            self.stdout.write(
                f"table {table['name']}: {table['rows']:,} rows read, {table['left_out']:,} left out{system}"
            )
            self.stdout.write("  " + ", ".join(f"{heading} = {field}" for heading, field in table["columns"].items()))
        super().show({"issues": issues_found, "next": f"./city check {answer['edition']}"})


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise CommandError(f"{path} is a folder. Name one file; pack a Shapefile's parts into a zip.")
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")


def _pair(text: str) -> tuple[str, str]:
    heading, equals, field = text.partition("=")
    if not (heading and equals and field):
        raise CommandError(f"--map {text}: write the file's column, an equals sign and our field, as SoThua=number.")
    return heading, field


def _find_or_make(layer: Layer, code: str, title: str | None, chosen: Options) -> tuple[Dataset, bool]:
    """Return the dataset and whether it is new; a mistyped option makes none."""
    if layer.source is None:
        raise CommandError(f"Layer {layer.id} takes no files.")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code):
        raise CommandError(f"{code} is no code of a dataset. Use small letters, digits and single hyphens: qpk-01.")
    try:
        check_options(layer.source, chosen)
    except Refused as refusal:
        raise CommandError(refusal.message) from None
    return Dataset.objects.get_or_create(layer=layer.id, code=code, defaults={"title_vi": title or code})
