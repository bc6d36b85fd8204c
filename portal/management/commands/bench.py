"""Measure the figures of benchmarks/: a table for people, a JSON file for comparison."""

import json
import platform
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from benchmarks import days_out, document, extract, match, page, phone, places, places_match, road, tiles
from benchmarks.figure import Figure, NotMeasuredError

PARTS = {
    "page": page.measure,
    "phone": phone.measure,
    "extract": extract.measure,
    "match": match.measure,
    "places": places.measure,
    "places-match": places_match.measure,
    "days-out": days_out.measure,
    "document": document.measure,
    "tiles": tiles.measure,
    "road": road.measure,
}


class Command(BaseCommand):
    help = "Measure the full demonstration city; writes benchmarks/results/*.json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all without")

    def handle(self, *args: Any, **options: Any) -> None:
        figures: list[Figure] = []
        for name in options["parts"] or PARTS:
            try:
                for figure in PARTS[name]():
                    figures.append(figure)
                    self.show(figure)
            except NotMeasuredError as missing:
                self.stdout.write(f"  not measured: {missing}")
        self.write(figures)

    def show(self, figure: Figure) -> None:
        verdict = {True: "reached", False: "MISSED", None: ""}[figure.reached]
        sign = ">=" if figure.better == "higher" else "<="
        goal = f"{sign} {figure.goal:g}" if figure.goal is not None else ""
        self.stdout.write(f"{figure.name:70} {figure.value:10.2f} {figure.unit:6} {goal:8} {verdict:8} {figure.note}")
        self.stdout.flush()

    def write(self, figures: list[Figure]) -> None:
        now = timezone.now()
        folder = Path(settings.BASE_DIR) / "benchmarks" / "results"
        folder.mkdir(parents=True, exist_ok=True)
        body = {
            "measured": now.isoformat(),
            "machine": platform.platform(),
            "figures": [{**vars(figure), "reached": figure.reached} for figure in figures],
        }
        file = folder / f"{now:%Y%m%d-%H%M%S}.json"
        file.write_text(json.dumps(body, ensure_ascii=False, indent=1))
        self.stdout.write(f"written: benchmarks/results/{file.name}")
