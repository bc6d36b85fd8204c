"""Make the demonstration city and load it: the suppliers' files go the one road that real data go."""

import json
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from fixtures import pictures, tables
from fixtures.events import draw_events
from fixtures.files import LICENCE, write_extract
from fixtures.generate import generate
from fixtures.osm import read_register
from fixtures.sizes import SIZES
from planning.documents import add_document
from portal.calendar import CITY_ZONE
from tiles import baking, editions
from tiles.ingest import process
from tiles.models import Dataset, Edition
from tiles.registry import all_layers
from tourism.days_out.ready import add_routes
from tourism.events import changes
from tourism.events.models import Event
from tourism.models import Place, ReadyRoute
from tourism.photos import changes as photo_changes
from tourism.photos.models import Photo

# Others are placed by these: parcels by wards, prices by streets.
FIRST = ("wards", "roads")
# The register's own counts are published; what mappers have beside it waits for a reviewer, who sees the difference.
WAITING = ("openstreetmap",)


class Command(BaseCommand):
    help = "Generate the demonstration city and publish it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=["full", "small"], default="full")
        parser.add_argument("--json", action="store_true", help="print the seconds of each step as JSON")
        parser.add_argument("--missing", action="store_true", help="only what a demonstration city made earlier lacks")
        parser.add_argument("--no-bake", action="store_true", help="leave the tiles to be made on demand")

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet = options["json"]
        self.seconds: dict[str, float] = {}
        self.began = self.last = time.monotonic()
        if options["missing"]:
            self.add_missing()
        else:
            self.load(options["size"], bake=not options["no_bake"])
        if self.quiet:
            self.stdout.write(json.dumps(self.seconds))

    def load(self, size: Literal["full", "small"], *, bake: bool) -> None:
        """Make the suppliers' files and publish them in a database that has none."""
        if Edition.objects.exists():
            raise CommandError("The city holds data already; nothing was loaded.")
        # Revisions begin at 1 again: tiles of another database's revisions must not be served.
        if settings.TILES_ROOT:
            shutil.rmtree(settings.TILES_ROOT, ignore_errors=True)
        call_command("make_staff", stdout=self.stderr if self.quiet else self.stdout)
        users = get_user_model().objects
        self.planner, self.reviewer = users.get(username="planner"), users.get(username="reviewer")
        folder = Path(settings.VAR) / "city" / size
        process.prepare()
        generate(folder, size=size, on=timezone.localdate(timezone.now(), CITY_ZONE))
        deliveries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.tell("generating", f"{len(deliveries)} suppliers' files written")
        self.publish_past(folder, [entry for entry in deliveries if "days_ago" in entry])
        today = [entry for entry in deliveries if "days_ago" not in entry]
        for part in (
            [entry for entry in today if entry["layer"] in FIRST],
            [entry for entry in today if entry["layer"] not in FIRST],
        ):
            staged = self.stage_all(folder, part)
            self.tell("staging", f"{sum(edition.rows for edition in staged):,} rows staged and checked")
            decided = [edition for edition in staged if edition.dataset.code not in WAITING]
            for edition in decided:
                editions.approve(edition, by=self.reviewer, now=timezone.now())
            editions.release(decided, by=self.reviewer, now=timezone.now())
            self.tell("publishing", "published")
        self.add_documents(folder)
        # What the suppliers delivered is public; what follows the tourist office writes by hand.
        self.seconds["loaded"] = time.monotonic() - self.began
        self.add_events()
        self.add_photos()
        self.add_routes()
        if bake:
            tiles = sum(baking.bake(layer) for layer in all_layers())
            self.tell("baking", f"{tiles:,} tiles baked")

    def publish_past(self, folder: Path, entries: list[dict[str, Any]]) -> None:
        """Publish editions that others followed, at their own moments: the history of a city is not of one day."""
        for entry in entries:
            moment = timezone.now() - timedelta(days=entry["days_ago"])
            edition = self.stage(folder, entry, now=moment)
            editions.approve(edition, by=self.reviewer, now=moment)
            editions.publish(edition, by=self.reviewer, now=moment)

    def stage_all(self, folder: Path, entries: list[dict[str, Any]]) -> list[Edition]:
        """Stage and check in two threads: reading is done by guarded children, so both cores are at work."""
        left = iter(entries)
        taking = threading.Lock()

        def work(_thread: int) -> list[Edition]:
            done: list[Edition] = []
            try:
                while True:
                    with taking:
                        entry = next(left, None)
                    if entry is None:
                        return done
                    done.append(self.stage(folder, entry))
            finally:
                # One connection a thread: the first transformation of a connection costs as much as a small file.
                connection.close()

        with ThreadPoolExecutor(max_workers=2) as pool:
            return [edition for done in pool.map(work, range(2)) for edition in done]

    def add_documents(self, folder: Path) -> None:
        """Put the decisions beside their plans."""
        papers = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
        for paper in papers:
            dataset = Dataset.objects.get(code=paper["plan"], layer__in=("zones", "land-use"))
            add_document(dataset, folder / paper["file"], title=paper["title"], by=self.reviewer, now=timezone.now())
        self.tell("documents", f"{len(papers)} documents added")

    def add_missing(self) -> None:
        """Let a demonstration city made by an earlier version have what came later; any other city is left alone."""
        demonstration = Edition.objects.filter(
            dataset__layer="places", state=Edition.State.LIVE, delivery__licence__startswith=LICENCE
        )
        steps = (
            (Event.objects.all(), self.add_events),
            (Photo.objects.all(), self.add_photos),
            (ReadyRoute.objects.all(), self.add_routes),
            (Dataset.objects.filter(layer="places", code__in=WAITING), self.add_extract),
        )
        lacking = [step for written, step in steps if not written.exists()]
        if not lacking or not demonstration.exists():
            return
        call_command("make_staff", stdout=self.stderr if self.quiet else self.stdout)
        for step in lacking:
            step()

    def add_extract(self) -> None:
        """Let an extract of OpenStreetMap wait beside the register as it was first delivered."""
        delivered = Edition.objects.filter(dataset__layer="places", delivery__licence__startswith=LICENCE)
        first = list(delivered.order_by("dataset_id", "pk").distinct("dataset_id").select_related("delivery"))
        rows = sum(edition.rows for edition in first)
        part = next((size.openstreetmap for size in SIZES.values() if sum(size.places.values()) == rows), 0)
        if not part:
            return
        register = [row for edition in first for row in read_register(editions.stored_path(edition.delivery))]
        folder = Path(settings.VAR) / "city" / "later"
        entry = asdict(write_extract(register, folder, part=part, seed=1))
        self.planner = get_user_model().objects.get(username="planner")
        edition = self.stage(folder, entry)
        self.tell("extract", f"{edition.rows:,} places of OpenStreetMap staged and checked")

    def add_routes(self) -> None:
        """Let the tourist office propose its days out."""
        self.tell("routes", f"{add_routes(tables.rows('routes'))} days out added")

    def add_events(self) -> None:
        """Let the tourist office write its events; those it has stay as they are."""
        steward, now = get_user_model().objects.get(username="steward"), timezone.now()
        known = set(Event.objects.values_list("code", flat=True))
        drawn = [each for each in draw_events(timezone.localdate(now, CITY_ZONE)) if each["code"] not in known]
        for each in drawn:
            changes.save(Event(**each), by=steward, now=now)
        self.tell("events", f"{len(drawn)} events written")

    def add_photos(self) -> None:
        """Let the tourist office add drawings of well-known places; those a place has stay as they are."""
        steward, now = get_user_model().objects.get(username="steward"), timezone.now()
        marks = Place.objects.live().filter(name__in={row["place"] for row in tables.rows("photos")}, source="register")
        places = {place.name: place for place in marks}
        added = 0
        for drawing in pictures.draw_pictures(set(places)):
            facts = photo_changes.Facts(
                author=pictures.AUTHOR,
                licence=Photo.Licence.CC0,
                source=pictures.SOURCE,
                alt_vi=drawing.alt_vi,
                alt_en=drawing.alt_en,
            )
            files = [(f"{drawing.place}.png", drawing.png)]
            kept, _known = photo_changes.add(places[drawing.place], files, facts, by=steward, now=now)
            added += len(kept)
        self.tell("photos", f"{added} pictures of places added")

    def stage(self, folder: Path, entry: dict[str, Any], *, now: datetime | None = None) -> Edition:
        dataset, _made = Dataset.objects.get_or_create(
            layer=entry["layer"],
            code=entry["dataset"],
            defaults={"title_vi": entry["title_vi"], "title_en": entry["title_en"]},
        )
        path = folder / entry["file"]
        now = now or timezone.now()
        delivery = editions.receive(
            dataset, path, by=self.planner, now=now, supplier=entry["supplier"], licence=entry["licence"]
        )
        edition = editions.stage(delivery, by=self.planner, now=now)
        found = editions.check(edition, now=now)
        edition.refresh_from_db()
        if edition.state != Edition.State.CHECKED:
            raise CommandError(f"{entry['file']}: {editions.count_by_code(found)}")
        return edition

    def tell(self, step: str, what: str) -> None:
        """Note how long a step took, and say it."""
        now = time.monotonic()
        self.seconds[step] = self.seconds.get(step, 0) + now - self.last
        if not self.quiet:
            self.stdout.write(f"  {what} ({now - self.last:.1f} s)")
        self.last = now
