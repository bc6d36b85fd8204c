import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from django.core.management.base import CommandError, CommandParser

from tiles.ingest.issues import message
from tiles.management.commands._road import RoadCommand, summary
from tiles.models import SURVEY_SRID, Issue

NAMES = ["code", "level", "who", "table", "row", "column", "message", "repair"]


class Command(RoadCommand):
    help = "Show an edition's issues, or write them to a file for the supplier."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("edition", type=int)
        parser.add_argument("--to", type=Path, metavar="FILE.gpkg|.csv")

    def answer(self, **options: Any) -> dict[str, Any]:
        edition, target = self.edition(options["edition"]), options["to"]
        if target and target.suffix not in (".csv", ".gpkg"):
            raise CommandError(f"{target.name}: issues are written as .gpkg or .csv.")
        if target and not target.resolve().parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}. Make it, or name another.")
        found = list(edition.issues.order_by("table", "row", "code"))
        answer: dict[str, Any] = {"edition": edition.pk, "state": edition.state, "issues": summary(found)}
        if target:
            (_write_csv if target.suffix == ".csv" else _write_gpkg)(target, found)
            answer["written"] = f"{len(found)} issues to {target}"
        return answer


def _row(issue: Issue) -> dict[str, Any]:
    return {
        "code": issue.code,
        "level": issue.level,
        "who": issue.actor,
        "table": issue.table,
        "row": issue.row,
        "column": issue.column,
        "message": message(issue),
        "repair": issue.repair,
    }


def _safe(value: Any) -> Any:
    # A spreadsheet takes a cell that starts so for a formula.
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t" and value[:1] else value


def _write_csv(target: Path, found: list[Issue]) -> None:
    with target.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow([*NAMES, "east", "north"])
        for issue in found:
            place = (issue.place.x, issue.place.y) if issue.place else ("", "")
            writer.writerow([_safe(value) for value in _row(issue).values()] + list(place))


def _write_gpkg(target: Path, found: list[Issue]) -> None:
    rows = [_row(issue) for issue in found]
    points = [shapely.Point(i.place.x, i.place.y) if i.place else None for i in found]
    pyogrio.raw.write(
        target,
        shapely.to_wkb(np.array(points, dtype=object)),
        [np.array([str(row[name] if row[name] is not None else "") for row in rows], dtype=object) for name in NAMES],
        NAMES,
        geometry_type="Point",
        crs=f"EPSG:{SURVEY_SRID}",
        layer="issues",
        driver="GPKG",
    )
